import { randomBytes } from 'node:crypto';
import { ParleyError } from '../../../../core/errors.ts';
import type { Connection } from './connection.ts';
import type { OpenDataLink } from './data-link.ts';
import type { Place } from './place.ts';
import { type Sends, writeAnswer } from './sdp/answer.ts';
import { type Carried, carriedCodecs } from './sdp/carried.ts';
import { streamsOf } from './sdp/encodings.ts';
import { notSdp } from './sdp/lines.ts';
import { producing } from './sdp/producing.ts';
import { readDescription } from './sdp/read.ts';
import type { Description, Section } from './sdp/types.ts';
import { Serial } from './serial.ts';
import { type HeardStreams, ProducedSource } from './source.ts';
import type { AcceptedTrack, OfferedTrack, Publisher, PublisherEvents } from './types.ts';

/** After a key frame, so long none is asked for again, however many come in. */
const KEY_FRAME_REST_MS = 500;

/** What is sent in sections of the client's own offers, where it has a single connection. */
export interface Filler {
  /** To be called with each offer, after it is known in which sections the client sends: by mid, what the answer says. */
  fill(
    offer: Description,
    sending: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, Sends & { trackSid: string }>>;
  /** The answer has been written, or there will be none. */
  answered(): void;
}

/** A section that carries a track. */
interface Carrying {
  readonly accepted: AcceptedTrack;
  readonly codec: string;
  readonly trackId: string;
  readonly streams: string;
  readonly source: ProducedSource;
}

/** The connection on which the client offers. */
export class OfferedTo implements Publisher {
  readonly data: OpenDataLink;
  readonly #connection: Connection;
  readonly #place: Place;
  readonly #events: PublisherEvents;
  readonly #failed: (what: string, error: unknown) => void;
  readonly #filler: Filler | undefined;
  readonly #serial = new Serial();
  readonly #carrying = new Map<string, Carrying>();
  /** What came in of sections that have ended, for when they send again; by mid. */
  readonly #heard = new Map<string, Promise<HeardStreams>>();
  #ufrag = '';
  #version = 0;
  #cname: string | undefined;

  constructor(parts: {
    connection: Connection;
    data: OpenDataLink;
    place: Place;
    events: PublisherEvents;
    failed: (what: string, error: unknown) => void;
    filler?: Filler;
  }) {
    this.#connection = parts.connection;
    this.data = parts.data;
    this.#place = parts.place;
    this.#events = parts.events;
    this.#failed = parts.failed;
    this.#filler = parts.filler;
  }

  get connected(): boolean {
    return this.#connection.connected;
  }

  get sources(): ProducedSource[] {
    return [...this.#carrying.values()].map(({ source }) => source).filter(({ closed }) => !closed);
  }

  answer(sdp: string): Promise<{ sdp: string; midToTrack: Record<string, string> }> {
    return this.#serial.run(async () => {
      const offer = only(readDescription(sdp), this.#events.publishable);
      // The client is to be the DTLS client, also for the numbers of its data streams.
      if (offer.setup !== 'actpass' && offer.setup !== 'active') throw notSdp();
      this.#stillOpen();
      const connecting = this.#connect(offer);
      const [connected, carried] = await Promise.allSettled([connecting, this.#carry(offer)]);
      this.#stillOpen();
      if (connected.status === 'rejected') throw connected.reason;
      if (carried.status === 'rejected') throw carried.reason;
      try {
        const sends = await this.#filler?.fill(offer, new Set(this.#carrying.keys()));
        this.#stillOpen();
        return this.#write(offer, sends ?? new Map());
      } finally {
        this.#filler?.answered();
      }
    });
  }

  async #connect(offer: Description): Promise<void> {
    await this.data.opened();
    await this.#connection.connect(offer.fingerprint, 'client');
    if (this.#ufrag !== '' && this.#ufrag !== offer.ufrag) await this.#connection.restart();
    this.#ufrag = offer.ufrag;
  }

  async #carry(offer: Description): Promise<void> {
    const sending = new Map(offer.sections.filter(sends).map((section) => [section.mid, section]));
    for (const [mid, { accepted, source, ...was }] of [...this.#carrying]) {
      const now = sending.get(mid);
      if (now && was.trackId === now.trackId && was.streams === streamsOf(now)) continue;
      this.#carrying.delete(mid);
      const ended = !source.closed;
      source.close();
      if (source.heard) this.#heard.set(mid, source.heard);
      if (ended) this.#events.ended(accepted.trackSid, mid);
    }
    const begun = [...sending.values()]
      .filter(({ mid }) => !this.#carrying.has(mid))
      .map((section) => this.#begin(section));
    const failed = (await Promise.allSettled(begun)).find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #begin(section: Section): Promise<void> {
    const accepted = this.#events.match(offeredTrack(section));
    if (!accepted) return;
    const codec = carriedCodecs(section, accepted.codec)[0];
    if (!codec) return;
    const source = await this.#produce(section, codec, accepted).catch((error: unknown) => {
      this.#events.ended(accepted.trackSid, section.mid);
      throw error;
    });
    const about = {
      codec: codec.offered.mime,
      trackId: section.trackId,
      streams: streamsOf(section),
    };
    this.#carrying.set(section.mid, { accepted, source, ...about });
    this.#events.published(accepted, section.mid, source);
  }

  async #produce(section: Section, codec: Carried, accepted: AcceptedTrack): Promise<ProducedSource> {
    this.#cname ??= section.cname ?? randomBytes(12).toString('base64url');
    const { transport } = this.#connection;
    const kind = section.type === 'audio' ? 'audio' : 'video';
    const heard = await this.#heard.get(section.mid);
    this.#heard.delete(section.mid);
    const rtpParameters = producing(section, codec, { ...accepted, cname: this.#cname }, heard);
    try {
      const producer = await transport.produce({
        kind,
        rtpParameters,
        keyFrameRequestDelay: KEY_FRAME_REST_MS,
      });
      this.#stillOpen();
      if (kind === 'audio') this.#place.hear(producer);
      return new ProducedSource(producer, this.#place, this.#failed);
    } catch (error) {
      this.#stillOpen();
      // What the worker does not take contradicts itself or another section: the same SSRC twice.
      this.#failed(`an offer's section ${section.mid}`, error);
      throw notSdp();
    }
  }

  #write(
    offer: Description,
    sending: ReadonlyMap<string, Sends & { trackSid: string }>,
  ): { sdp: string; midToTrack: Record<string, string> } {
    const midToTrack: Record<string, string> = {};
    for (const [mid, { accepted, source }] of this.#carrying)
      if (!source.closed) midToTrack[mid] = accepted.trackSid;
    for (const [mid, { trackSid }] of sending) midToTrack[mid] = trackSid;
    const sdp = writeAnswer(offer, this.#connection.local(), ++this.#version, (mid) => {
      const carrying = this.#carrying.get(mid);
      const sends = sending.get(mid);
      if (!carrying || carrying.source.closed) {
        return sends && { codec: sends.codec, stereo: false, dtx: false, onlySends: true, sends };
      }
      const { codec, accepted } = carrying;
      return { codec, stereo: accepted.stereo, dtx: accepted.dtx, ...(sends && { sends }) };
    });
    const first = offer.bundled[0] ?? offer.sections[0]?.mid;
    if (first !== undefined) this.#connection.described(first);
    return { sdp, midToTrack };
  }

  #stillOpen(): void {
    if (this.#connection.transport.closed) throw new ParleyError('unavailable', 'unavailable');
  }
}

/** The offer without the codecs that its client is not to publish: as if it had not offered them. */
function only(offer: Description, publishable: readonly string[] | undefined): Description {
  if (!publishable) return offer;
  const known = new Set([...publishable.map((mime) => mime.toLowerCase()), 'video/rtx', 'audio/rtx']);
  const sections = offer.sections.map((section) => {
    if (section.direction === 'recvonly') return section;
    return { ...section, codecs: section.codecs.filter(({ mime }) => known.has(mime)) };
  });
  return { ...offer, sections };
}

/** Whether a section sends something that the room can carry. */
function sends(section: Section): boolean {
  const { type, rejected, direction } = section;
  if ((type !== 'audio' && type !== 'video') || rejected) return false;
  return (direction === 'sendonly' || direction === 'sendrecv') && carriedCodecs(section).length > 0;
}

function offeredTrack(section: Section): OfferedTrack {
  const codecs = carriedCodecs(section).map(({ offered }) => offered.mime);
  return {
    mid: section.mid,
    kind: section.type === 'audio' ? 'audio' : 'video',
    streamId: section.streamId,
    trackId: section.trackId,
    codecs: [...new Set(codecs)],
    rids: section.rids,
  };
}
