import {
  SubscriptionError,
  type SubscriptionPermission,
  type SyncState,
  type UpdateSubscription,
  type UpdateTrackSettings,
} from '@livekit/protocol';
import { LIMITS } from '../../limits.ts';
import type { EmbeddedOptions } from '../../options.ts';
import type { Member, PublishedTrack, RoomView, Subscriptions } from '../types.ts';
import { chooseCodec, openSource, regresses } from './codecs.ts';
import { Entry } from './entry.ts';
import { Grants } from './grants.ts';
import { Link } from './link.ts';
import { tellAllowed, tellError, tellSubscribed } from './notices.ts';
import { Overdue } from './overdue.ts';
import { Pairs } from './pairs.ts';
import { Wants } from './wants.ts';

/** How long a subscription waits for its track, or for a codec that its client can have. */
const PATIENCE_MS = 15_000;
/** How many of them wait at the same time; a client can make them up. */
const WAITING = 2000;

export type DownOptions = Pick<EmbeddedOptions, 'clock' | 'failed'>;

/** Makes what everybody gets what everybody is to get, after every change, for those concerned alone. */
class RoomSubscriptions implements Subscriptions {
  readonly #room: RoomView;
  readonly #options: DownOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #bySource = new Map<string, Set<Entry>>();
  readonly #wants = new Map<string, Wants>();
  readonly #grants = new Map<string, Grants>();
  readonly #pairs = new Pairs();
  readonly #overdue: Overdue;

  constructor(room: RoomView, options: DownOptions) {
    this.#room = room;
    this.#options = options;
    this.#overdue = new Overdue(PATIENCE_MS, () => options.clock.now());
  }

  activated(member: Member): void {
    const wants = this.#of(member);
    if (wants === undefined) return;
    wants.ready = true;
    for (const entry of this.#entries.values()) this.#reconcile(wants, entry);
  }

  published(track: PublishedTrack): void {
    const sid = track.info.sid;
    if (this.#entries.has(sid)) return;
    const entry = new Entry(track);
    this.#entries.set(sid, entry);
    const own = this.#bySource.get(track.publisher.sid) ?? new Set();
    this.#bySource.set(track.publisher.sid, own.add(entry));
    this.#reconcileAll(entry);
  }

  sourceAdded(track: PublishedTrack): void {
    const entry = this.#entries.get(track.info.sid);
    if (entry === undefined) {
      this.published(track);
      return;
    }
    entry.begin();
    this.#reconcileAll(entry);
  }

  unpublished(track: PublishedTrack): void {
    const entry = this.#entries.get(track.info.sid);
    if (entry === undefined) return;
    this.#entries.delete(track.info.sid);
    this.#bySource.get(track.publisher.sid)?.delete(entry);
    entry.close();
    for (const wants of this.#wants.values()) {
      this.#drop(wants, entry);
      wants.forget(track.info.sid);
    }
  }

  muted(track: PublishedTrack): void {
    const entry = this.#entries.get(track.info.sid);
    if (entry === undefined) return;
    if (!track.info.muted) entry.dynacast?.again();
    for (const link of entry.links.values()) link.muted();
  }

  left(member: Member): void {
    const wants = this.#wants.get(member.sid);
    this.#wants.delete(member.sid);
    for (const sid of [...(wants?.links.keys() ?? [])]) {
      const entry = this.#entries.get(sid);
      if (wants !== undefined && entry !== undefined) this.#drop(wants, entry);
    }
    for (const entry of [...(this.#bySource.get(member.sid) ?? [])]) this.unpublished(entry.track);
    this.#bySource.delete(member.sid);
    this.#grants.delete(member.sid);
  }

  permitted(member: Member): void {
    const wants = this.#wants.get(member.sid);
    if (wants === undefined) return;
    for (const entry of this.#entries.values()) this.#reconcile(wants, entry);
    // It may be hidden now, or no longer.
    for (const entry of this.#bySource.get(member.sid) ?? []) this.#reconcileAll(entry);
  }

  update(member: Member, asked: UpdateSubscription): void {
    const wants = this.#of(member);
    if (wants === undefined) return;
    const listed = asked.participantTracks.flatMap((of) => of.trackSids);
    for (const sid of new Set([...asked.trackSids, ...listed])) {
      if (!possible(sid)) continue;
      if (!wants.wish(sid, asked.subscribe)) return;
      const entry = this.#entries.get(sid);
      if (entry !== undefined) this.#reconcile(wants, entry);
      else if (asked.subscribe) this.#await(wants, sid, SubscriptionError.SE_TRACK_NOTFOUND);
    }
  }

  settings(member: Member, asked: UpdateTrackSettings): void {
    const wants = this.#of(member);
    for (const sid of asked.trackSids.filter(possible)) {
      wants?.set(sid, asked);
      wants?.links.get(sid)?.want(wants.settings(sid));
    }
  }

  permission(publisher: Member, asked: SubscriptionPermission): void {
    if (this.#of(publisher) === undefined) return;
    const grants = this.#grants.get(publisher.sid) ?? new Grants();
    this.#grants.set(publisher.sid, grants);
    if (!grants.set(asked)) return;
    for (const entry of this.#bySource.get(publisher.sid) ?? []) this.#reconcileAll(entry);
  }

  synced(member: Member, state: SyncState): void {
    const wants = this.#of(member);
    if (wants === undefined) return;
    // What it was told while it was away did not arrive.
    for (const entry of this.#bySource.get(member.sid) ?? []) entry.dynacast?.again();
    wants.denied.clear();
    if (state.subscription !== undefined) this.update(member, state.subscription);
    if (wants.ready) this.activated(member);
    for (const sid of state.trackSidsDisabled.filter(possible)) {
      wants.set(sid, { ...wants.settings(sid), disabled: true });
      wants.links.get(sid)?.want(wants.settings(sid));
    }
  }

  isSubscribed(member: Member, publisher: Member): boolean {
    return this.#pairs.has(member, publisher);
  }

  subscribersOf(publisher: Member): Iterable<Member> {
    return this.#pairs.subscribersOf(publisher);
  }

  publishersOf(member: Member): Iterable<Member> {
    return this.#pairs.publishersOf(member);
  }

  allows(publisher: Member, trackSid: string, member: Member): boolean {
    // Recorders get everything, as LiveKit lets them: whoever starts one decides for the room.
    if (member.permission.recorder) return true;
    return this.#grants.get(publisher.sid)?.allows(member, trackSid) ?? true;
  }

  shortfall(member: Member): number {
    let worst = 0;
    for (const [sid, link] of this.#wants.get(member.sid)?.links ?? []) {
      if (link.stands) return Number.POSITIVE_INFINITY;
      const layers = link.layers;
      if (layers === null || layers.current === null) continue;
      const possible = Math.min(layers.wanted, this.#entries.get(sid)?.greatestLayer() ?? 0);
      worst = Math.max(worst, possible - layers.current);
    }
    return worst;
  }

  watch(heard: (member: Member, publisher: Member, subscribed: boolean) => void): void {
    this.#pairs.watch(heard);
  }

  close(): void {
    this.#overdue.close();
    for (const entry of this.#entries.values()) {
      for (const link of entry.links.values()) link.close();
      entry.close();
    }
    this.#entries.clear();
    this.#wants.clear();
  }

  /** Undefined for somebody whom the room does not have (any more): nothing is kept of such. */
  #of(member: Member): Wants | undefined {
    const known = this.#wants.get(member.sid);
    if (known !== undefined || this.#room.bySid(member.sid) !== member) return known;
    const wants = new Wants(member);
    this.#wants.set(member.sid, wants);
    return wants;
  }

  #reconcileAll(entry: Entry): void {
    for (const wants of this.#wants.values()) this.#reconcile(wants, entry);
  }

  #reconcile(wants: Wants, entry: Entry): void {
    const { member } = wants;
    const { track } = entry;
    const sid = track.info.sid;
    if (!wants.ready || track.sources.size === 0) return;
    if (!this.#entitled(wants, entry)) {
      this.#drop(wants, entry);
      return;
    }
    const codec = chooseCodec(track, (one) => wants.refuses(sid, one), entry.regressed);
    if (codec === undefined) {
      this.#refuse(wants, entry);
      return;
    }
    const source = openSource(track, codec);
    const link = entry.links.get(member.sid);
    if (link !== undefined && link.codec === codec && link.source === source && link.peer === member.peer)
      return;
    this.#drop(wants, entry);
    this.#link(wants, entry, codec);
  }

  #entitled(wants: Wants, entry: Entry): boolean {
    const { member } = wants;
    const { publisher, info } = entry.track;
    if (publisher.sid === member.sid || publisher.hidden || member.closed || member.peer === undefined)
      return false;
    if (!member.permission.canSubscribe || !wants.wants(info.sid)) return false;
    const allowed = this.allows(publisher, info.sid, member);
    if (allowed === wants.denied.has(info.sid)) {
      if (allowed) wants.denied.delete(info.sid);
      else wants.denied.add(info.sid);
      tellAllowed(member, entry.track, allowed);
    }
    return allowed;
  }

  #link(wants: Wants, entry: Entry, codec: string): void {
    const { member } = wants;
    const { track } = entry;
    const sid = track.info.sid;
    const source = openSource(track, codec);
    wants.beginsAnew(sid);
    try {
      const link = new Link(member, track, {
        codec,
        source,
        dynacast: entry.dynacast,
        wanted: wants.settings(sid),
        refused: (refused) => this.#refused(wants, entry, refused),
      });
      entry.links.set(member.sid, link);
      wants.links.set(sid, link);
    } catch (error) {
      this.#options.failed(`subscribing ${member.sid} to ${sid}`, error);
      return;
    }
    if (source === undefined) {
      this.#await(wants, sid, SubscriptionError.SE_CODEC_UNSUPPORTED);
      return;
    }
    this.#overdue.came(key(wants, sid));
    this.#pairs.add(member, track.publisher);
    if (entry.told || member.hidden) return;
    entry.told = true;
    tellSubscribed(track);
  }

  #drop(wants: Wants, entry: Entry): void {
    const link = entry.links.get(wants.member.sid);
    if (link === undefined) return;
    entry.links.delete(wants.member.sid);
    wants.links.delete(entry.track.info.sid);
    link.close();
    if (link.source !== undefined) this.#pairs.remove(wants.member, entry.track.publisher);
  }

  /** The client's answer does not take the codec: another one of the track, or none of it. */
  #refused(wants: Wants, entry: Entry, link: Link): void {
    if (entry.links.get(wants.member.sid) !== link) return;
    wants.refuse(entry.track.info.sid, link.codec);
    this.#reconcile(wants, entry);
    const instead = entry.links.get(wants.member.sid);
    if (instead === undefined || !regresses(entry.track.info) || entry.regressed) return;
    entry.regressed = true;
    this.#reconcileAll(entry);
  }

  #refuse(wants: Wants, entry: Entry): void {
    this.#drop(wants, entry);
    const sid = entry.track.info.sid;
    if (wants.unsuited.has(sid)) return;
    wants.unsuited.add(sid);
    tellError(wants.member, sid, SubscriptionError.SE_CODEC_UNSUPPORTED);
  }

  #await(wants: Wants, sid: string, error: SubscriptionError): void {
    if (this.#overdue.size >= WAITING) {
      tellError(wants.member, sid, error);
      return;
    }
    this.#overdue.wait(key(wants, sid), () => {
      if (this.#wants.get(wants.member.sid) !== wants || !wants.wants(sid)) return;
      const found = error === SubscriptionError.SE_TRACK_NOTFOUND && this.#entries.has(sid);
      if (found || wants.links.get(sid)?.source !== undefined) return;
      tellError(wants.member, sid, error);
    });
  }
}

/** What clients make up is kept until they leave: only as much as an id is. */
const possible = (sid: string): boolean => sid.length <= LIMITS.sidLength;

function key(wants: Wants, trackSid: string): string {
  return `${wants.member.sid} ${trackSid}`;
}

/** Opens the way down of one room: who gets which track, and how much of it. */
export function openSubscriptions(room: RoomView, options: DownOptions): Subscriptions {
  return new RoomSubscriptions(room, options);
}
