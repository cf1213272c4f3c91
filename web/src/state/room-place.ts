import type { WordKey } from '../i18n/index.ts';
import { isLive } from './call-view.ts';
import { client, need } from './connection.ts';
import { problemOf, reasonOf } from './errors.ts';
import type { MediaRoom } from './media-room.ts';
import { current } from './phone.ts';
import type { Over, Place, Refusal, Rights, Ticket } from './place.ts';
import { roomAddress } from './room-name.ts';
import { isOpen, roomOfMine } from './rooms.ts';
import type { Person, RoomEntry, RoomInfo } from './sdk.ts';
import { Store } from './store.ts';

const overWords: Partial<Record<Over, WordKey>> = {
  gone: 'room.gone',
  ended: 'room.ended',
  cancelled: 'room.wasCancelled',
  full: 'room.full',
  removed: 'room.removed',
  left: 'room.left',
  elsewhere: 'room.elsewhere',
  lost: 'room.lost',
  engaged: 'room.engaged',
};
const cures: Partial<Record<Over, WordKey>> = {
  gone: 'room.goneCure',
  full: 'room.fullCure',
  removed: 'room.removedCure',
  elsewhere: 'room.elsewhereCure',
  lost: 'room.lostCure',
  engaged: 'room.engagedCure',
};

/** A room of contract D: everybody in it is equal but whoever made it. */
export class RoomPlace implements Place {
  readonly kind = 'room';
  readonly list = '/rooms';
  readonly name: string;
  readonly title: Store<string>;
  readonly video = new Store(true);
  readonly info = new Store<RoomInfo | undefined>(undefined);
  readonly entry = new Store<RoomEntry | undefined>(undefined);
  readonly rights = new Store<Rights>(rightsIn(undefined, undefined));
  readonly hands = new Store<ReadonlySet<string>>(new Set());
  over: (why: Over) => void = () => undefined;

  constructor(name: string) {
    this.name = name;
    this.title = new Store(name);
  }

  get address(): string {
    return roomAddress(this.name);
  }
  get creator(): string | undefined {
    return this.info.get()?.creator ?? this.entry.get()?.creator;
  }

  async look(): Promise<Over | undefined> {
    try {
      const info = await need().rooms.get(this.name);
      this.info.set(info);
      this.video.set(info.video);
      this.#judge();
      return isOpen(info) ? undefined : closedAs(info);
    } catch (error) {
      if (reasonOf(error) === 'not_found') return 'gone';
      // Somebody uninvited may not look, but may join.
      if (reasonOf(error) === 'forbidden') return undefined;
      throw error;
    }
  }

  async join(): Promise<Ticket> {
    const entry = await need().rooms.join(this.name);
    this.entry.set(entry);
    this.#judge();
    return entry;
  }

  /** Contract D has one code for everything it refuses; which it was is found by looking. */
  async whyNot(error: unknown): Promise<Refusal> {
    const { details } = problemOf(error);
    const reason = reasonOf(error);
    if (reason === 'not_found') return { why: 'gone' };
    if (reason === 'network') return { why: 'lost', details };
    if (reason === 'limit') return { why: 'full' };
    if (reason !== 'invalid' && reason !== 'conflict') return { why: 'failed', details };
    const info = await need()
      .rooms.get(this.name)
      .catch(() => undefined);
    if (info && !isOpen(info)) return { why: closedAs(info) };
    const mine = await roomOfMine().catch(() => undefined);
    if (mine !== undefined && mine !== this.name) return { why: 'engaged', details };
    return { why: isLive(current.get()) ? 'engaged' : 'full', details };
  }

  opened(media: MediaRoom): void {
    const follow = () => this.hands.set(media.hands.get());
    media.hands.subscribe(follow);
    follow();
    this.#media = media;
    // An uninvited guest knows it only now.
    if (!this.info.get()) void this.look().catch((error: unknown) => console.warn(error));
  }
  #media: MediaRoom | undefined;

  async raise(up: boolean): Promise<void> {
    await this.#media?.raise(up);
  }

  /** Mutes somebody's track by the room's own API, which those who steer the room may use. */
  async mute(identity: string, trackSid: string): Promise<void> {
    const entry = this.entry.get();
    if (!entry) return;
    const answer = await fetch(
      `${entry.url.replace(/^ws/, 'http').replace(/\/+$/, '')}/twirp/livekit.RoomService/MutePublishedTrack`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${entry.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ room: entry.room, identity, track_sid: trackSid, muted: true }),
      },
    );
    if (!answer.ok) throw new Error(`MutePublishedTrack: HTTP ${answer.status}`);
  }

  remove(uid: string): Promise<void> {
    return need().rooms.remove(this.name, uid);
  }

  invite(people: readonly Person[]): Promise<void> {
    return need().rooms.invite(
      this.name,
      people.map((p) => p.uid),
    );
  }

  /** Who cannot tell has left all the same when the media is gone for a while. */
  leave(): void {
    void client
      .get()
      ?.rooms.leave(this.name)
      .catch((error: unknown) => console.warn(error));
  }

  close(): void {
    this.hands.set(new Set());
  }

  end(): Promise<void> {
    return need().rooms.end(this.name);
  }

  overWord(why: Over): WordKey {
    return overWords[why] ?? 'room.failed';
  }

  cureWord(why: Over): WordKey | undefined {
    return cures[why];
  }

  #judge(): void {
    this.rights.set(rightsIn(this.creator, this.info.get()));
  }
}

function rightsIn(creator: string | undefined, info: RoomInfo | undefined): Rights {
  const own = creator !== undefined && creator === client.get()?.me?.uid;
  const all = { camera: true, share: true, chat: true, react: true };
  return { ...all, steer: own, end: own, invite: own || info?.membersMayInvite === true };
}

const closedAs = ({ status }: RoomInfo): Over => (status === 'cancelled' ? 'cancelled' : 'ended');
