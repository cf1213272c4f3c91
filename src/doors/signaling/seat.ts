import { iceServers } from '../../core/calls/index.ts';
import { notFound, ParleyError, toParleyError } from '../../core/errors.ts';
import type { LoggedEvent } from '../../core/events.ts';
import { newId } from '../../core/ids.ts';
import type { Meeting, MeetingConnection, SessionEnd } from '../../core/meetings/index.ts';
import { onlineIn, participantOf, roomOf } from '../../core/meetings/index.ts';
import { shownView } from '../../core/polls/index.ts';
import { socketAddress } from '../origin.ts';
import { wholeSeconds } from '../time.ts';
import type { ClientData } from './client-frames.ts';
import type { Context } from './context.ts';
import { encode } from './frames.ts';
import { waysOf } from './media/entering.ts';
import type { MediaFrame, Outlet } from './media/link.ts';
import { MediaLink } from './media/link.ts';
import { roomFor, shown, shownPeople, shownSettings } from './shown.ts';
import type { SignalingSocket } from './socket.ts';
import { CLOSE_CODES } from './socket.ts';

/** What one socket is in its meeting, from its `join` to its end. */
export class Seat implements MeetingConnection, Outlet {
  readonly meetingId: number;
  readonly userId: number;
  readonly sessionId = newId('ses');
  readonly #context: Context;
  readonly #socket: SignalingSocket;
  /** What comes while the meeting is being looked at waits for what that shows. */
  #early: (() => void)[] | undefined;
  #looking: Promise<void> = Promise.resolve();
  #status: 'out' | 'waiting' | 'online' = 'out';
  /** The number of the last event that this client knows of. */
  #version = 0;
  readonly #online = new Set<number>();
  #link: MediaLink | undefined;
  #connected = false;
  /** Runs the meeting. */
  #runs = false;
  #over = false;

  constructor(context: Context, socket: SignalingSocket) {
    this.#context = context;
    this.#socket = socket;
    this.meetingId = socket.meetingId;
    this.userId = socket.userId;
  }

  get isOnline(): boolean {
    return this.#status === 'online' && !this.#over;
  }

  /** The server's media for this socket; undefined where another client has it, or nobody can. */
  get link(): MediaLink | undefined {
    return this.#link;
  }

  get #asker() {
    return { principal: this.#socket.principal, device: null };
  }

  /** Comes into the meeting. Throws what `Meetings.join` throws; the socket may be gone by then. */
  async sit({ password, media = true, session }: ClientData<'join'>): Promise<void> {
    const { app, nodeId, seats } = this.#context;
    await app.meetings.join(this.#asker, this.meetingId, { password });
    this.#early = [];
    await app.meetingFeed.open(this);
    const { sessionId } = this;
    const device = this.#socket.userAgent;
    if (!this.#over) await app.meetings.connect(this.meetingId, this.userId, { sessionId, nodeId, device });
    this.#connected = true;
    if (this.#over) return this.fail();
    seats.add(this);
    const goesOn = media ? await this.#takeUp(session) : undefined;
    await this.look(goesOn);
    if (this.isOnline) void this.receive();
  }

  /** The media session that a lost socket has left, if the client asks for it; else there is a new one. */
  async #takeUp(session: string | undefined): Promise<string | undefined> {
    const { app, links, failed } = this.#context;
    if (!app.media) return undefined;
    const left = links.take(this.meetingId, this.userId);
    if (left && session !== undefined && left.sid === session) {
      this.#link = left;
      return session;
    }
    this.#link = new MediaLink(waysOf(app, app.media, this.#socket, failed), this);
    await left?.forsake();
    return undefined;
  }

  /** Reads the meeting as it is and tells all of it; what happened meanwhile comes after. */
  look(goesOn?: string): Promise<void> {
    const looked = this.#looking.then(() => this.#look(goesOn));
    this.#looking = looked.catch(() => {});
    return looked;
  }

  async #look(goesOn: string | undefined): Promise<void> {
    const { app } = this.#context;
    this.#early ??= [];
    const meeting = await app.store.read.meetings.get(this.meetingId);
    const part = meeting && participantOf(meeting, this.userId);
    if (!meeting || !part) throw notFound('meeting.unknown');
    this.#status = part.state === 'online' ? 'online' : 'waiting';
    this.#runs = runs(part.role);
    const joined = await this.#joined(meeting, goesOn);
    const apart =
      this.#status === 'online' && meeting.parentId === null
        ? await app.breakouts.shownTo(meeting, this.userId)
        : undefined;
    if (this.#over) return;
    this.#online.clear();
    for (const { userId } of onlineIn(meeting)) this.#online.add(userId);
    this.#version = meeting.version;
    this.#socket.tell('joined', apart ? { ...joined, breakouts: apart } : joined);
    if (apart) this.#socket.tell('breakouts-opened', apart);
    const early = this.#early;
    this.#early = undefined;
    for (const late of early) late();
    if (goesOn === undefined || !this.isOnline) return;
    // Its offer comes behind `joined`.
    const back = await this.#link?.attach(this);
    if (!back) this.refuse(new ParleyError('unavailable', 'signaling.media_lost'));
  }

  async #joined(meeting: Meeting, goesOn: string | undefined) {
    const { app } = this.#context;
    const { principal, origin } = this.#socket;
    const part = participantOf(meeting, this.userId);
    const inside = this.#status === 'online';
    const closesAt = meeting.round?.closesAt ?? null;
    const media = inside ? await app.meetings.media(this.#asker, this.meetingId) : null;
    return {
      status: this.#status,
      participant_id: part?.id,
      role: part?.role,
      participants: inside ? await shownPeople(app, meeting) : [],
      polls: inside ? (await app.polls.current(this.#asker, this.meetingId)).map(shownView) : [],
      settings: shownSettings(meeting.settings),
      ice_servers: iceServers(app.ice, principal.user.uid, app.clock.now()),
      ...(meeting.parentId !== null && {
        parent_id: meeting.parentId,
        closes_at: closesAt === null ? null : wholeSeconds(closesAt),
      }),
      session: goesOn ?? this.#link?.sid ?? null,
      url: media && (media.url ?? socketAddress(origin)),
      token: media?.token ?? null,
    };
  }

  /**
   * Somebody publishes: the session begins. Whoever is in the room by another kind of client stays
   * there; another socket of theirs gives way to this one.
   */
  async receive(): Promise<void> {
    const { app, seats, failed } = this.#context;
    try {
      if (!this.isOnline || !this.#link?.isIdle) return;
      const { uid } = this.#socket.principal.user;
      const members = await app.engine.members(roomOf(this.meetingId));
      const own = members.find(({ identity }) => identity === uid);
      const ours = seats.in(this.meetingId).some(({ link }) => link?.sid === own?.sid);
      const others = members.some(({ identity, tracks }) => identity !== uid && tracks.length > 0);
      if (others && (!own || ours) && this.#link.isIdle) await this.#link.begin();
    } catch (thrown) {
      const error = toParleyError(thrown);
      if (error.code === 'internal') failed('begin a media session', thrown);
      this.refuse(error);
    }
  }

  /** Whether somebody is there to be spoken to. */
  knows(userId: number): boolean {
    return this.#online.has(userId);
  }

  tell(event: LoggedEvent): void {
    if (this.#early) this.#early.push(() => this.#show(event));
    else this.#show(event);
  }

  /** Of the server's media. */
  send({ type, data }: MediaFrame): void {
    this.#socket.tell(type, data);
  }

  frame(text: string): void {
    if (this.#early) this.#early.push(() => this.#socket.deliver(text));
    else this.#socket.deliver(text);
  }

  roomsChanged(): void {
    // What is being looked at shows no rooms' people: their client asks for these after it.
    if (!this.#early) this.#socket.tell('breakouts-changed', {});
  }

  refuse(error: ParleyError, more: object = {}): void {
    this.#socket.refuse(error, more);
  }

  lost(): void {
    void this.receive();
  }

  cut(reason: string): void {
    if (this.#early) this.#early.push(() => this.#cut(reason));
    else this.#cut(reason);
  }

  #show(event: LoggedEvent): void {
    if (event.seq <= this.#version || this.#over) return;
    const { type, data } = event;
    const who = data.user_id;
    if (typeof who === 'number') {
      if (type === 'meeting.joined') this.#online.add(who);
      if (type === 'meeting.left' || type === 'meeting.removed') this.#online.delete(who);
    }
    if (type === 'meeting.joined' && who === this.userId && this.#status !== 'online') {
      this.#admitted();
      return;
    }
    if (type === 'meeting.role' && who === this.userId) this.#runs = runs(data.role);
    if (type === 'meeting.breakouts_help' && !this.#runs) return;
    if (type === 'meeting.breakouts_opened') {
      this.#socket.tell('breakouts-opened', roomFor(event, this.userId));
      return;
    }
    for (const text of shown(event, this.meetingId)) this.#socket.deliver(text);
    if (type === 'meeting.removed' && who === this.userId) {
      this.#socket.deliver(encode(this.meetingId, 'removed', data, this.userId));
    }
  }

  /** Let in: as if joined just now. */
  #admitted(): void {
    const { failed } = this.#context;
    this.#early = [];
    this.look().then(
      () => this.receive(),
      (error) => {
        failed('let somebody into a meeting', error);
        this.#socket.close(CLOSE_CODES.failed);
      },
    );
  }

  #cut(reason: string): void {
    if (this.#over) return;
    this.#end();
    const code = CUTS[reason] ?? CLOSE_CODES.signedOut;
    // Who has left by another way may join again on the same socket.
    if (reason !== 'left') this.#socket.close(code, reason);
  }

  /** Leaves the meeting, by this client's own word. */
  async leave(): Promise<void> {
    const { app } = this.#context;
    this.#end();
    await app.meetings.leave(this.#asker, this.meetingId);
    const data = { meeting_id: this.meetingId, user_id: this.userId, reason: 'left' };
    this.#socket.deliver(encode(this.meetingId, 'user-left', data, this.userId));
  }

  /** The socket is gone: its person has a while to come back. */
  async gone(): Promise<void> {
    if (this.#over) return;
    this.#end({ keepsMedia: true });
    await this.#disconnect();
  }

  /** It never came in, after all. */
  async fail(): Promise<void> {
    this.#end();
    await this.#disconnect();
  }

  /** Its person was cut off: their media does not wait for them. */
  async expel(reason: string): Promise<void> {
    if (this.#over) return;
    this.#end();
    await this.#disconnect(reason === 'banned' || reason === 'removed' ? reason : 'lost');
  }

  #end({ keepsMedia = false } = {}): void {
    const { app, seats, links } = this.#context;
    this.#over = true;
    app.meetingFeed.close(this);
    seats.delete(this);
    if (this.#socket.seat === this) this.#socket.seat = undefined;
    if (!this.#link) return;
    if (keepsMedia) links.keep(this.meetingId, this.userId, this.#link);
    else this.#link.leave();
  }

  async #disconnect(reason: SessionEnd = 'lost'): Promise<void> {
    if (!this.#connected) return;
    this.#connected = false;
    await this.#context.app.meetings.disconnect(this.sessionId, this.meetingId, reason);
  }
}

/** Host or moderator. */
const runs = (role: unknown): boolean => role === 'host' || role === 'moderator';

/** How a socket is closed whose person is in the meeting no longer. */
const CUTS: Readonly<Record<string, number>> = {
  ended: CLOSE_CODES.over,
  removed: CLOSE_CODES.removed,
  // The server took it for lost while it was not: come back.
  lost: CLOSE_CODES.failed,
};

/** Whatever needs a seat, before there is one. */
export const notJoined = () => new ParleyError('conflict', 'signaling.not_joined');
