import type { Page } from 'playwright-core';
import type { TransportStats } from '../../src/adapters/engine/embedded/media/measures.ts';
import type {
  AcceptedTrack,
  Downlink,
  DownlinkAbout,
  OfferedTrack,
  Peer,
  PeerEvents,
  RoomMedia,
  Source,
} from '../../src/adapters/engine/embedded/media/types.ts';
import type { TestBrowser } from '../support/browser.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Inbound, type Publish, planeClient } from './plane-client.ts';

let sids = 0;
const unchanged = (sdp: string) => sdp;

/** A browser's page at the media plane: this stands where a room and its signalling would. */
export class PlanePerson {
  readonly page: Page;
  readonly name: string;
  peer!: Peer;
  readonly states: Record<0 | 1, string[]> = { 0: [], 1: [] };
  readonly sources = new Map<string, Source>();
  readonly ended: string[] = [];
  readonly offered: OfferedTrack[] = [];
  readonly downlinks = new Map<string, Downlink & { seen: unknown[]; refused: boolean }>();
  midToTrack: Record<string, string> = {};
  /** Offers so far. */
  offers = 0;
  firstOffer = '';
  lastOffer = '';
  lastAnswer = '';
  readonly candidates: string[] = [];
  readonly data: string[] = [];
  readonly faults: unknown[] = [];
  /** Changes what this side's browser says before it is handed on, and what it is told. */
  mangle = { offer: unchanged, answer: unchanged, heard: unchanged };
  /** How the next sections are to be carried, by their track id. */
  readonly accepts = new Map<string, AcceptedTrack>();
  /** Whatever is not in `accepts`. */
  acceptsAny: AcceptedTrack | undefined;
  answersOffers = true;
  /** The last offer that was answered and taken. */
  settled = 0;
  #answering: Promise<void> = Promise.resolve();

  private constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  static async join(browser: TestBrowser, url: string, room: RoomMedia, name: string): Promise<PlanePerson> {
    const page = await browser.open(name);
    await page.goto(url);
    await page.evaluate(planeClient);
    const person = new PlanePerson(page, name);
    person.peer = await room.connect(person.#events());
    return person;
  }

  /** Both connections are up. */
  async connect(): Promise<void> {
    this.peer.subscriber.start();
    await this.negotiate();
    await waitFor(() => this.states[0].at(-1) === 'connected' && this.states[1].at(-1) === 'connected', {
      reason: `${this.name} to be connected`,
    });
  }

  /** Publishes and answers with the source. */
  async publish(what: Publish, accepted: Partial<AcceptedTrack> = {}): Promise<Source> {
    const trackSid = `TR_${++sids}`;
    const trackId = await this.page.evaluate((asked) => atPlane.publish(asked), what);
    const codec = what.codec?.toLowerCase();
    this.accepts.set(trackId, {
      trackSid,
      stereo: false,
      dtx: true,
      ...(codec ? { codec } : {}),
      ...accepted,
    });
    await this.negotiate();
    const source = this.sources.get(trackSid);
    if (!source) throw new Error('the section was not carried');
    return source;
  }

  async unpublish(trackSid: string): Promise<void> {
    const [mid] = Object.entries(this.midToTrack).find(([, sid]) => sid === trackSid) ?? [];
    await this.page.evaluate((at) => atPlane.unpublish(at), mid ?? '');
    await this.negotiate();
  }

  async negotiate(restart = false): Promise<void> {
    const offer = await this.page.evaluate((again) => atPlane.offer(again), restart);
    const { sdp, midToTrack } = await this.peer.publisher.answer(this.mangle.offer(offer));
    this.midToTrack = midToTrack;
    this.lastAnswer = sdp;
    await this.page.evaluate((answer) => atPlane.answered(answer), this.mangle.heard(sdp));
  }

  subscribe(
    source: Source,
    about: Partial<DownlinkAbout> = {},
  ): Downlink & { seen: unknown[]; refused: boolean } {
    const trackSid = about.trackSid ?? `TR_${source.id}`;
    const seen: unknown[] = [];
    const downlink = this.peer.subscriber.add(source, {
      trackSid,
      streamId: 'PA_test|stream',
      paused: false,
      refused: () => {
        kept.refused = true;
      },
      layers: (now) => seen.push(now),
      ...about,
    });
    const kept = Object.assign(downlink, { seen, refused: false });
    this.downlinks.set(trackSid, kept);
    return kept;
  }

  /** What comes in of a track, or undefined. */
  async inbound(downlink: Downlink): Promise<Inbound | undefined> {
    const all = await this.page.evaluate(() => atPlane.inbound());
    const got = await this.page.evaluate(() => atPlane.got);
    const mid = Object.keys(got).find((each) =>
      got[each]?.msid.split(/[ |]/).slice(1).includes(downlink.trackSid),
    );
    return mid === undefined ? undefined : all[mid];
  }

  /** Frames or sound arrive anew. */
  async gets(downlink: Downlink, more = 5): Promise<Inbound> {
    const before = await this.inbound(downlink);
    return waitFor(
      async () => {
        const now = await this.inbound(downlink);
        if (!now) return undefined;
        if (now.kind === 'audio') return now.energy > (before?.energy ?? 0) + 0.001 ? now : undefined;
        return now.frames >= (before?.frames ?? 0) + more ? now : undefined;
      },
      { reason: `${this.name} to get ${downlink.trackSid}`, timeoutMs: 20_000 },
    );
  }

  async getsSize(downlink: Downlink, height: number): Promise<Inbound> {
    return waitFor(
      async () => {
        const now = await this.inbound(downlink);
        // An encoder rounds to even numbers.
        if (now === undefined || Math.abs(now.height - height) > 1)
          throw new Error(
            `it is ${JSON.stringify({ ...now, seen: this.downlinks.get(downlink.trackSid)?.seen })}`,
          );
        return now;
      },
      { reason: `${this.name} to get ${downlink.trackSid} at ${height}`, timeoutMs: 25_000 },
    );
  }

  stats(): Promise<TransportStats> {
    return this.peer.stats();
  }

  #events(): PeerEvents {
    return {
      match: (offered) => {
        this.offered.push(offered);
        return this.accepts.get(offered.trackId) ?? this.acceptsAny;
      },
      published: ({ trackSid }, _mid, source) => this.sources.set(trackSid, source),
      ended: (trackSid) => {
        this.ended.push(trackSid);
        this.sources.delete(trackSid);
      },
      offer: (sdp, id) => {
        this.offers++;
        this.firstOffer ||= sdp;
        this.lastOffer = sdp;
        this.#answering = this.#answering
          .then(() => this.#answer(sdp, id))
          .catch((error) => this.#fault(error));
      },
      state: (target, state) => this.states[target].push(state),
      candidate: (target, candidate) => {
        this.candidates.push(`${target} ${candidate.candidate}`);
        this.page
          .evaluate(([to, what]) => atPlane.candidate(to, what), [target, candidate] as const)
          .catch((error) => this.#fault(error));
      },
      data: (label, payload) => this.data.push(`${label} ${payload.toString()}`),
    };
  }

  async #answer(sdp: string, id: number): Promise<void> {
    if (!this.answersOffers) return;
    const answer = await this.page.evaluate((offer) => atPlane.offered(offer), this.mangle.heard(sdp));
    await this.peer.subscriber.answer(this.mangle.answer(answer), id);
    this.settled = id;
  }

  #fault(error: unknown): void {
    if (!this.page.isClosed()) this.faults.push(error);
  }
}
