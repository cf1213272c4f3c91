import type { types } from 'mediasoup';
import { Connection } from './connection.ts';
import { DATA_TRANSPORT, type OpenDataLink, openDataLink } from './data-link.ts';
import type { TransportStats } from './measures.ts';
import { PeerMeter } from './peer-meter.ts';
import type { Place } from './place.ts';
import type { PlaneOptions } from './plane-options.ts';
import { OfferedTo } from './publisher.ts';
import { OfferedBy } from './subscriber.ts';
import type { Peer, PeerEvents } from './types.ts';

/** What a connection begins with before it has been measured: some pictures of a small size. */
const FIRST_ESTIMATE_BPS = 1_500_000;
/** Without a sign of life on the way; a client looks after itself every 5 s. */
const SILENT_S = 20;

/** A client's two connections. */
export class PlacedPeer implements Peer {
  readonly publisher: OfferedTo;
  readonly subscriber: OfferedBy;
  readonly #transports: readonly types.WebRtcTransport[];
  readonly #data: readonly OpenDataLink[];
  readonly #meter: PeerMeter;

  private constructor(
    transports: readonly [types.WebRtcTransport, types.WebRtcTransport],
    place: Place,
    events: PeerEvents,
    options: PlaneOptions,
  ) {
    const { failed, slowReceiverBps = 0 } = options;
    const parts = (target: 0 | 1, role: 'publisher' | 'subscriber') => {
      const transport = transports[target];
      const data = openDataLink({
        transport,
        router: place.router,
        role,
        received: (label, payload, text) => events.data(label, payload, text),
        failed,
        slowReceiverBps,
      });
      const connection = new Connection(transport, place.media.candidates, target, events);
      return { connection, data, place, events, failed };
    };
    const [up, down] = [parts(0, 'publisher'), parts(1, 'subscriber')];
    this.publisher = new OfferedTo(up);
    this.subscriber = new OfferedBy(down);
    this.#transports = transports;
    this.#data = [up.data, down.data];
    this.#meter = new PeerMeter(up.connection.transport, down.connection.transport, this);
  }

  /** Both at once. */
  static async open(place: Place, events: PeerEvents, options: PlaneOptions): Promise<PlacedPeer> {
    const create = () =>
      place.router.createWebRtcTransport({
        webRtcServer: place.media.server,
        ...DATA_TRANSPORT,
        preferUdp: true,
        iceConsentTimeout: SILENT_S,
        initialAvailableOutgoingBitrate: FIRST_ESTIMATE_BPS,
      });
    return new PlacedPeer(await Promise.all([create(), create()]), place, events, options);
  }

  get closed(): boolean {
    return this.#transports.every(({ closed }) => closed);
  }

  stats(): Promise<TransportStats> {
    return this.#meter.read();
  }

  close(): void {
    for (const data of this.#data) data.close();
    for (const transport of this.#transports) transport.close();
  }
}
