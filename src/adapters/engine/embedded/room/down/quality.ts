import { ConnectionQualityInfo, ConnectionQualityUpdate } from '@livekit/protocol';
import type { EmbeddedOptions } from '../../options.ts';
import type { Member, PublishedTrack, Quality, RoomView, Subscriptions } from '../types.ts';
import { type Measured, opinionOf, qualityOf, scoreOf, smoothed } from './score.ts';

const EVERY_MS = 5000;

type Infos = Map<Member, ConnectionQualityInfo[]>;

/** Measures everybody who has media, one after the other so that no burst of questions delays packets. */
class RoomQuality implements Quality {
  readonly #room: RoomView;
  readonly #subscriptions: Subscriptions;
  readonly #failed: EmbeddedOptions['failed'];
  readonly #scores = new Map<Member, number>();
  readonly #known = new Map<Member, ConnectionQualityInfo>();
  readonly #timer: NodeJS.Timeout;
  #measuring = false;
  #closed = false;

  constructor(room: RoomView, subscriptions: Subscriptions, failed: EmbeddedOptions['failed']) {
    this.#room = room;
    this.#subscriptions = subscriptions;
    this.#failed = failed;
    subscriptions.watch((member, publisher, subscribed) => {
      const known = this.#known.get(publisher);
      if (subscribed && known !== undefined && !member.closed) send(member, [known]);
    });
    this.#timer = setInterval(() => void this.#round(), EVERY_MS).unref();
  }

  left(member: Member): void {
    this.#scores.delete(member);
    this.#known.delete(member);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#scores.clear();
    this.#known.clear();
  }

  async #round(): Promise<void> {
    if (this.#measuring) return;
    this.#measuring = true;
    const updates: Infos = new Map();
    for (const member of [...this.#room.members()]) {
      if (gone(member)) continue;
      try {
        this.#note(member, await this.#measure(member), updates);
      } catch (error) {
        // A connection that closes while it is asked cannot answer; that is no failure.
        if (!gone(member) && !this.#closed) this.#failed(`measuring ${member.sid}`, error);
      }
    }
    this.#measuring = false;
    if (!this.#closed) for (const [member, infos] of updates) if (!gone(member)) send(member, infos);
  }

  #note(member: Member, score: number, updates: Infos): void {
    if (this.#closed || gone(member)) return;
    this.#scores.set(member, score);
    const info = new ConnectionQualityInfo({
      participantSid: member.sid,
      quality: qualityOf(score),
      score: opinionOf(score),
    });
    const changed = this.#known.get(member)?.quality !== info.quality;
    this.#known.set(member, info);
    if (!changed) return;
    for (const hearer of [member, ...this.#subscriptions.subscribersOf(member)])
      updates.set(hearer, [...(updates.get(hearer) ?? []), info]);
  }

  async #measure(member: Member): Promise<number> {
    const peer = member.peer;
    const sent = [...member.tracks.values()].filter((track) => !track.info.muted);
    const gets = [...this.#subscriptions.publishersOf(member)].length > 0;
    // Whoever neither sends nor gets anything has no worse a connection for it, and costs nothing.
    if (peer === undefined || (sent.length === 0 && !gets)) return this.#smooth(member, 100);
    const ways = await Promise.all([up(sent), gets ? this.#down(member, peer) : []]);
    return this.#smooth(member, Math.min(100, ...ways.flat().map(scoreOf)));
  }

  async #down(member: Member, peer: NonNullable<Member['peer']>): Promise<Measured[]> {
    const stats = await peer.stats();
    const shortfall = this.#subscriptions.shortfall(member);
    return [
      {
        loss: stats.lossDown,
        video: stats.bitrateDown.video > 0,
        roundTripMs: stats.roundTripMs ?? 0,
        shortfall,
      },
    ];
  }

  #smooth(member: Member, now: number): number {
    return smoothed(this.#scores.get(member) ?? 100, now);
  }
}

async function up(tracks: readonly PublishedTrack[]): Promise<Measured[]> {
  const sources = tracks.flatMap((track) => [...track.sources.values()]).filter((source) => !source.closed);
  return Promise.all(
    sources.map(async (source) => {
      const { loss, jitterMs } = await source.stats();
      return { loss, jitterMs, video: source.kind === 'video' };
    }),
  );
}

function gone(member: Member): boolean {
  return member.closed || !member.active;
}

function send(member: Member, updates: ConnectionQualityInfo[]): void {
  member.send({ case: 'connectionQuality', value: new ConnectionQualityUpdate({ updates }) });
}

/** Opens the part of a room that tells how well everybody is connected. */
export function openQuality(
  room: RoomView,
  subscriptions: Subscriptions,
  failed: EmbeddedOptions['failed'],
): Quality {
  return new RoomQuality(room, subscriptions, failed);
}
