import { setImmediate as nextTurn } from 'node:timers/promises';
import type { types } from 'mediasoup';
import { clientNumbers } from './client-numbers.ts';
import type { Connection } from './connection.ts';
import type { OpenDataLink } from './data-link.ts';
import { ConsumedDownlink } from './downlink.ts';
import { consumeAs } from './mapped-consume.ts';
import type { Place } from './place.ts';
import type { Filler } from './publisher.ts';
import type { Sends } from './sdp/answer.ts';
import type { Description, Section } from './sdp/types.ts';
import { ProducedSource } from './source.ts';
import { TakenSections } from './taken-sections.ts';
import type { Downlink, DownlinkAbout, Source, Subscriber, SubscriberEvents } from './types.ts';

type Sent = Sends & { readonly trackSid: string };

/**
 * What a client with a single connection is sent, in sections of its own offers and by its own
 * numbers. Whatever changes waits for its next offer, which it is asked for.
 */
export class SingleSubscriber implements Subscriber, Filler {
  readonly data: OpenDataLink;
  readonly #connection: Connection;
  readonly #place: Place;
  readonly #events: SubscriberEvents;
  readonly #failed: (what: string, error: unknown) => void;
  readonly #sections = new TakenSections();
  /** In the last answer. */
  #sent: ConsumedDownlink[] = [];
  #state: 'new' | 'answering' | 'idle' = 'new';
  /** Something is not as the last answer says. */
  #changed = false;
  /** What it was asked for since its last offer. */
  #asked: { audio: number; video: number } | undefined;

  constructor(parts: {
    connection: Connection;
    data: OpenDataLink;
    place: Place;
    events: SubscriberEvents;
    failed: (what: string, error: unknown) => void;
  }) {
    this.#connection = parts.connection;
    this.data = parts.data;
    this.#place = parts.place;
    this.#events = parts.events;
    this.#failed = parts.failed;
  }

  get connected(): boolean {
    return this.#connection.connected;
  }

  get downlinks(): ConsumedDownlink[] {
    return this.#sections.downlinks;
  }

  /** The client offers by itself. */
  start(): void {}

  add(source: Source, about: DownlinkAbout): Downlink {
    if (!(source instanceof ProducedSource)) throw new TypeError('a source of another plane');
    const downlink: ConsumedDownlink = new ConsumedDownlink(source, about, {
      closed: () => {
        if (this.#sections.remove(downlink)) this.#change();
      },
      failed: (what, error) => {
        if (!this.#isClosed) this.#failed(what, error);
      },
    });
    this.#sections.wait(downlink);
    this.#change();
    return downlink;
  }

  /** Nothing was offered to it. */
  async answer(): Promise<void> {}

  /** The client offers with new credentials by itself; what it was asked before may not have reached it. */
  restart(): void {
    this.#asked = undefined;
    this.#askIfDue();
  }

  async fill(offer: Description, sending: ReadonlySet<string>): Promise<ReadonlyMap<string, Sent>> {
    this.#state = 'answering';
    this.#asked = undefined;
    // Those who come after this turn come with the next offer.
    this.#changed = false;
    const begun = this.#sections.assign(offer, sending);
    await Promise.all(begun.map((each) => this.#begin(offer, each.section, each.downlink)));

    const sent = new Map<string, Sent>();
    this.#sent = [];
    for (const { section, downlink } of this.#sections.sending()) {
      const sends = sendsOf(offer, section, downlink);
      if (!sends) continue;
      sent.set(section.mid, sends);
      this.#sent.push(downlink);
    }
    this.#sections.agree(new Set(sent.keys()));
    return sent;
  }

  answered(): void {
    const sent = this.#sent;
    // By then the answer is on its way.
    void nextTurn().then(() => {
      for (const downlink of sent) downlink.accept();
    });
    this.#state = 'idle';
    if (this.#sections.waits) this.#changed = true;
    this.#askIfDue();
  }

  get #isClosed(): boolean {
    return this.#connection.transport.closed;
  }

  async #begin(offer: Description, section: Section, downlink: ConsumedDownlink): Promise<void> {
    const { capabilities, numbers } = clientNumbers(offer, section);
    const payloadType = codecOf(downlink.source);
    const codecs = capabilities.codecs?.filter(
      ({ preferredPayloadType, parameters }) =>
        preferredPayloadType === payloadType || parameters?.apt === payloadType,
    );
    if (!codecs?.some(({ preferredPayloadType }) => preferredPayloadType === payloadType)) {
      downlink.refuse();
      return;
    }
    await downlink.begin((preferredLayers) =>
      downlink.source.receive(this.#place, (producer) =>
        consumeAs(this.#connection.transport, {
          producerId: producer.id,
          capabilities: { ...capabilities, codecs },
          numbers,
          mid: section.mid,
          paused: true,
          ...(preferredLayers && producer.type !== 'simple' ? { preferredLayers } : {}),
        }),
      ),
    );
  }

  #change(): void {
    this.#changed = true;
    // Whoever adds many at once has added them by then.
    void nextTurn().then(() => this.#askIfDue());
  }

  #askIfDue(): void {
    if (this.#state !== 'idle' || !this.#changed || this.#isClosed) return;
    const lacks = this.#sections.lacking();
    const more = {
      audio: Math.max(0, lacks.audio - (this.#asked?.audio ?? 0)),
      video: Math.max(0, lacks.video - (this.#asked?.video ?? 0)),
    };
    this.#changed = false;
    // The offer that is on its way will do.
    if (this.#asked && more.audio + more.video === 0) return;
    this.#asked = {
      audio: (this.#asked?.audio ?? 0) + more.audio,
      video: (this.#asked?.video ?? 0) + more.video,
    };
    this.#events.needs?.(more.audio, more.video);
  }
}

/** The router's number of what it sends. */
const codecOf = ({ producer }: ProducedSource): number | undefined =>
  producer.consumableRtpParameters.codecs[0]?.payloadType;

/** Undefined while nothing can be sent: its consumer is not there, or no longer. */
function sendsOf(offer: Description, section: Section, downlink: ConsumedDownlink): Sent | undefined {
  const { consumer, trackSid } = downlink;
  const { encodings, codecs, rtcp }: types.RtpParameters = consumer?.rtpParameters ?? { codecs: [] };
  const ssrc = encodings?.[0]?.ssrc;
  const [codec] = codecs;
  if (downlink.closed || !codec || ssrc === undefined) return undefined;
  const payloadType = clientNumbers(offer, section).numbers.payloadTypes.get(codec.payloadType);
  if (payloadType === undefined) return undefined;
  return {
    trackSid,
    codec: codec.mimeType.toLowerCase(),
    payloadType,
    msid: downlink.msid(false),
    cname: rtcp?.cname ?? '',
    ssrc,
    rtxSsrc: encodings?.[0]?.rtx?.ssrc,
  };
}
