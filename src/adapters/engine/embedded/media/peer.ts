import type { types } from 'mediasoup';
import { ParleyError } from '../../../../core/errors.ts';
import { Connection } from './connection.ts';
import { DATA_TRANSPORT, type OpenDataLink, openDataLink } from './data-link.ts';
import type { TransportStats } from './measures.ts';
import { PeerMeter } from './peer-meter.ts';
import type { Place } from './place.ts';
import type { PlaneOptions } from './plane-options.ts';
import { OfferedTo } from './publisher.ts';
import { SingleSubscriber } from './single-subscriber.ts';
import { OfferedBy } from './subscriber.ts';
import type { ConnectHow, Peer, PeerEvents } from './types.ts';

/** What a connection begins with before it has been measured: some pictures of a small size. */
const FIRST_ESTIMATE_BPS = 1_500_000;
/** mediasoup takes no narrower limit, and nobody is sent more than the other. */
const NARROWEST_BPS = 30_000;
const WIDEST_BPS = 1_000_000_000;
/** Without a sign of life on the way; a client looks after itself every 5 s. */
const SILENT_S = 20;

/** A client's two connections, or its single one. */
export class PlacedPeer implements Peer {
  readonly publisher: OfferedTo;
  readonly subscriber: OfferedBy | SingleSubscriber;
  readonly #transports: readonly types.WebRtcTransport[];
  readonly #data: readonly OpenDataLink[];
  readonly #meter: PeerMeter;
  readonly #failed: PlaneOptions['failed'];

  private constructor(
    transports: readonly [types.WebRtcTransport, types.WebRtcTransport?],
    place: Place,
    events: PeerEvents,
    options: PlaneOptions,
  ) {
    const { failed, slowReceiverBps = 0 } = options;
    this.#failed = failed;
    const parts = (
      transport: types.WebRtcTransport,
      target: 0 | 1,
      role: 'publisher' | 'subscriber' | 'single',
    ) => {
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
    const [first, second] = transports;
    const up = parts(first, 0, second ? 'publisher' : 'single');
    if (second) {
      const down = parts(second, 1, 'subscriber');
      this.publisher = new OfferedTo(up);
      this.subscriber = new OfferedBy(down);
      this.#data = [up.data, down.data];
    } else {
      const filler = new SingleSubscriber(up);
      this.publisher = new OfferedTo({ ...up, filler });
      this.subscriber = filler;
      this.#data = [up.data];
    }
    this.#transports = second ? [first, second] : [first];
    this.#meter = new PeerMeter(first, second ?? first, this);
  }

  /** Both at once. */
  static async open(
    place: Place,
    events: PeerEvents,
    options: PlaneOptions,
    { single = false }: ConnectHow = {},
  ): Promise<PlacedPeer> {
    if (single && !options.mapsNumbers) throw new ParleyError('unsupported', 'unsupported');
    const create = () =>
      place.router.createWebRtcTransport({
        webRtcServer: place.media.server,
        ...DATA_TRANSPORT,
        preferUdp: true,
        iceConsentTimeout: SILENT_S,
        initialAvailableOutgoingBitrate: FIRST_ESTIMATE_BPS,
      });
    const transports = await (single ? Promise.all([create()]) : Promise.all([create(), create()]));
    return new PlacedPeer(transports, place, events, options);
  }

  get closed(): boolean {
    return this.#transports.every(({ closed }) => closed);
  }

  stats(): Promise<TransportStats> {
    return this.#meter.read();
  }

  limit(bitsPerSecond: number): void {
    const down = this.#transports.at(-1);
    const isLimit = bitsPerSecond > 0 && bitsPerSecond < WIDEST_BPS;
    const bitrate = isLimit ? Math.max(bitsPerSecond, NARROWEST_BPS) : 0;
    down?.setMaxOutgoingBitrate(bitrate).catch((error: unknown) => {
      if (!down.closed) this.#failed('limit what a client is sent', error);
    });
  }

  /** `heard` once it is closed, whoever closed it. */
  onClosed(heard: () => void): void {
    const [first] = this.#transports;
    if (first && !first.closed) first.observer.once('close', heard);
    else heard();
  }

  close(): void {
    for (const data of this.#data) data.close();
    for (const transport of this.#transports) transport.close();
  }
}
