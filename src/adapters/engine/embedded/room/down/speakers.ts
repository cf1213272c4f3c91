import { SpeakerInfo, SpeakersChanged, TrackSource } from '@livekit/protocol';
import type { AudioLevel } from '../../media/measures.ts';
import type { Member, PublishedTrack, RoomView, Speakers, Subscriptions } from '../types.ts';

/** Levels are told in eighths, so that small changes are none. */
const STEPS = 8;
/** How much of a new level counts at once; LiveKit's average over two windows. */
const NEW_SHARE = 2 / 3;
/** Nobody simulates for longer. */
const SIMULATED_S = 60;

/** Who speaks how loudly, from 0 to 1. */
class RoomSpeakers implements Speakers {
  readonly #room: RoomView;
  readonly #subscriptions: Subscriptions;
  /** Of those that speak: the smoothed level. */
  readonly #speaking = new Map<Member, number>();
  #bySource = new Map<string, Member>();
  readonly #simulated = new Map<Member, NodeJS.Timeout>();

  constructor(room: RoomView, subscriptions: Subscriptions) {
    this.#room = room;
    this.#subscriptions = subscriptions;
    subscriptions.watch((member, publisher, subscribed) => this.#met(member, publisher, subscribed));
  }

  levels(levels: readonly AudioLevel[]): void {
    const loud = this.#loudest(levels);
    const changed: SpeakerInfo[] = [];
    for (const member of [...this.#speaking.keys()]) {
      if (loud.has(member) || this.#simulated.has(member)) continue;
      this.#speaking.delete(member);
      changed.push(told(member, 0));
    }
    for (const [member, level] of loud) {
      const before = this.#speaking.get(member);
      const now = before === undefined ? level : before + (level - before) * NEW_SHARE;
      this.#speaking.set(member, now);
      if (before === undefined || eighths(before) !== eighths(now)) changed.push(told(member, now));
    }
    this.#tell(changed);
  }

  unpublished(track: PublishedTrack): void {
    for (const source of track.sources.values()) this.#bySource.delete(source.id);
    const speaks = [...track.publisher.tracks.values()].some((other) => other !== track && isVoice(other));
    if (isVoice(track) && !speaks) this.#stop(track.publisher);
  }

  left(member: Member): void {
    clearTimeout(this.#simulated.get(member));
    this.#simulated.delete(member);
    this.#stop(member);
    for (const [source, of] of this.#bySource) if (of === member) this.#bySource.delete(source);
  }

  simulated(member: Member, forS: number): void {
    clearTimeout(this.#simulated.get(member));
    const timer = setTimeout(
      () => {
        this.#simulated.delete(member);
        this.#stop(member);
      },
      Math.min(Math.max(forS, 0), SIMULATED_S) * 1000,
    );
    this.#simulated.set(member, timer.unref());
    this.#speaking.set(member, 1);
    this.#tell([told(member, 1)]);
  }

  close(): void {
    for (const timer of this.#simulated.values()) clearTimeout(timer);
    this.#simulated.clear();
    this.#speaking.clear();
    this.#bySource.clear();
  }

  /** Each who speaks with the loudest of its sources. */
  #loudest(levels: readonly AudioLevel[]): Map<Member, number> {
    if (levels.some((level) => !this.#bySource.has(level.source))) this.#look();
    const loud = new Map<Member, number>();
    for (const { source, dBov } of levels) {
      const member = this.#bySource.get(source);
      if (member === undefined) continue;
      loud.set(member, Math.max(loud.get(member) ?? 0, 10 ** (dBov / 20)));
    }
    return loud;
  }

  #look(): void {
    this.#bySource = new Map();
    for (const member of this.#room.members())
      for (const track of member.tracks.values())
        if (isVoice(track))
          for (const source of track.sources.values()) this.#bySource.set(source.id, member);
  }

  #stop(member: Member): void {
    if (this.#speaking.delete(member)) this.#tell([told(member, 0)]);
  }

  /** Who subscribes to somebody learns whether that one speaks; who no longer does must not go on seeing it. */
  #met(member: Member, publisher: Member, subscribed: boolean): void {
    const level = this.#speaking.get(publisher);
    if (level === undefined || member.closed) return;
    send(member, [told(publisher, subscribed ? level : 0)]);
  }

  #tell(changed: readonly SpeakerInfo[]): void {
    const byMember = new Map<Member, SpeakerInfo[]>();
    for (const info of changed) {
      const speaker = this.#room.bySid(info.sid);
      if (speaker === undefined) continue;
      for (const member of [speaker, ...this.#subscriptions.subscribersOf(speaker)])
        byMember.set(member, [...(byMember.get(member) ?? []), info]);
    }
    for (const [member, infos] of byMember) send(member, infos);
  }
}

/** What a screen plays is nobody's voice. */
function isVoice(track: PublishedTrack): boolean {
  return track.info.source !== TrackSource.SCREEN_SHARE_AUDIO;
}

function eighths(level: number): number {
  return Math.min(1, Math.ceil(level * STEPS) / STEPS);
}

function told(member: Member, level: number): SpeakerInfo {
  return new SpeakerInfo({ sid: member.sid, level: eighths(level), active: level > 0 });
}

function send(member: Member, speakers: SpeakerInfo[]): void {
  member.send({ case: 'speakersChanged', value: new SpeakersChanged({ speakers }) });
}

/** Opens the part of a room that tells who speaks. */
export function openSpeakers(room: RoomView, subscriptions: Subscriptions): Speakers {
  return new RoomSpeakers(room, subscriptions);
}
