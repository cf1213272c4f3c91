import { setImmediate as nextTurn } from 'node:timers/promises';
import { ParleyError } from '../../../../core/errors.ts';
import type { Connection } from './connection.ts';
import type { OpenDataLink } from './data-link.ts';
import { ConsumedDownlink } from './downlink.ts';
import type { Place } from './place.ts';
import { notSdp } from './sdp/lines.ts';
import { DATA_MID, writeOffer } from './sdp/offer.ts';
import { readDescription } from './sdp/read.ts';
import { takenIn } from './sdp/taken.ts';
import { type OwnSection, Sections } from './sections.ts';
import { consume } from './sending.ts';
import { Serial } from './serial.ts';
import { ProducedSource } from './source.ts';
import type { Downlink, DownlinkAbout, Source, Subscriber, SubscriberEvents } from './types.ts';

/** An offer that waits for its answer. */
interface Outstanding {
  readonly id: number;
  readonly sent: readonly { section: OwnSection; downlink: ConsumedDownlink; payloadType: number }[];
  readonly spare: readonly OwnSection[];
}

/** The connection on which this side offers. */
export class OfferedBy implements Subscriber {
  readonly data: OpenDataLink;
  readonly #connection: Connection;
  readonly #place: Place;
  readonly #events: SubscriberEvents;
  readonly #failed: (what: string, error: unknown) => void;
  readonly #serial = new Serial();
  readonly #sections = new Sections();
  readonly #beginning = new Set<Promise<void>>();
  /** Resolves when what is added may be prepared. */
  #prepares: PromiseWithResolvers<void> | undefined;
  #lastId = 0;
  #outstanding: Outstanding | undefined;
  #started = false;
  #changed = false;
  #restarts = false;
  #offering = false;

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

  start({ late } = { late: false }): void {
    if (this.#started) return;
    this.#started = true;
    if (late || this.#changed) {
      this.#offerIfDue();
      return;
    }
    // Data channels alone; the rest comes with the next offer, and its preparation not before the
    // answer: the worker has nothing else to do than to connect.
    this.#prepares = Promise.withResolvers();
    this.#write();
  }

  add(source: Source, about: DownlinkAbout): Downlink {
    if (!(source instanceof ProducedSource)) throw new TypeError('a source of another plane');
    const downlink = new ConsumedDownlink(source, about, {
      closed: () => {
        if (section.downlink !== downlink) return;
        this.#sections.free(section);
        this.#change();
      },
      failed: (what, error) => {
        if (!this.#isClosed) this.#failed(what, error);
      },
    });
    const section = this.#sections.add(downlink);
    const beginning = downlink.begin((layers) => this.#consume(downlink, section.mid, layers));
    this.#beginning.add(beginning);
    void beginning.then(() => this.#beginning.delete(beginning));
    this.#change();
    return downlink;
  }

  answer(sdp: string, id: number): Promise<void> {
    return this.#serial.run(async () => {
      const answered = this.#outstanding;
      // Clients from before offers had numbers say 0.
      if (!answered || this.#isClosed || (id !== answered.id && id !== 0)) return;
      const answer = readDescription(sdp);
      if (answer.setup !== 'active' && answer.setup !== 'passive') throw notSdp();
      const said = answered.sent.map(({ section, payloadType }) => takenIn(answer, section.mid, payloadType));
      await this.data.opened();
      // pion leaves the beginning to a side that is ICE-lite; all others begin.
      const role = answer.setup === 'passive' ? 'server' : 'client';
      const connecting = this.#connection.connect(answer.fingerprint, role);
      this.#prepares?.resolve();
      await connecting;
      if (this.#isClosed) return;
      for (const section of answered.spare) if (section.state === 'spare') section.agreedSpare = true;
      for (const [i, { downlink }] of answered.sent.entries()) {
        if (said[i] === 'taken') downlink.accept();
        else if (said[i] === 'refused') downlink.refuse();
      }
      // A restart has already replaced it.
      if (this.#outstanding === answered) this.#outstanding = undefined;
      this.#offerIfDue();
    });
  }

  restart(): void {
    // Nothing has been offered: there is nothing to restart.
    if (this.#lastId === 0 && !this.#changed) return;
    this.#restarts = true;
    this.#prepares?.resolve();
    this.#change();
  }

  get #isClosed(): boolean {
    return this.#connection.transport.closed;
  }

  async #consume(
    downlink: ConsumedDownlink,
    mid: string,
    preferredLayers: Parameters<typeof consume>[2]['preferredLayers'],
  ) {
    await this.#prepares?.promise;
    return downlink.source.receive(this.#place, (producer) =>
      consume(this.#connection.transport, producer, { mid, preferredLayers }),
    );
  }

  #change(): void {
    this.#changed = true;
    this.#offerIfDue();
  }

  #offerIfDue(): void {
    if (this.#offering || !this.#isDue) return;
    this.#offering = true;
    this.#offer()
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#failed('an offer to a subscriber', error);
      })
      .finally(() => {
        this.#offering = false;
        this.#offerIfDue();
      });
  }

  get #isDue(): boolean {
    if (!this.#started || !this.#changed || this.#isClosed) return false;
    // A client that comes back has forgotten what it was asked.
    return this.#outstanding === undefined || this.#restarts;
  }

  async #offer(): Promise<void> {
    // Whoever adds many at once has added them by then, and those that are not there yet are waited for.
    await nextTurn();
    this.#changed = false;
    await Promise.all(this.#beginning);
    if (this.#restarts) {
      this.#restarts = false;
      await this.#connection.restart();
    }
    if (this.#isClosed) throw new ParleyError('unavailable', 'unavailable');
    this.#write();
  }

  #write(): void {
    const { sections, sent, spare } = this.#sections.offered();
    const id = ++this.#lastId;
    const midToTrack: Record<string, string> = {};
    for (const { mid, downlink } of sent) if (downlink) midToTrack[mid] = downlink.trackSid;
    this.#outstanding = {
      id,
      spare,
      sent: sent.flatMap((section) => {
        const payloadType = section.downlink?.consumer?.rtpParameters.codecs[0]?.payloadType;
        if (section.downlink === undefined || payloadType === undefined) return [];
        return { section, downlink: section.downlink, payloadType };
      }),
    };
    this.#events.offer(writeOffer(this.#connection.local(), id, sections), id, midToTrack);
    this.#connection.described(DATA_MID);
    // Its streams are made while the client answers.
    void this.data.opened();
  }
}
