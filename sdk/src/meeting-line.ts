import type { BreakoutName } from './breakout-types.ts';
import { helpIn } from './breakouts.ts';
import { ParleyError } from './errors.ts';
import { LineSocket } from './line-socket.ts';
import type { MeetingMessage, MeetingParticipant } from './meeting-types.ts';
import type { LineFrame, MeetingView, WireJoined } from './meeting-view.ts';
import { joinedView, manages, messageIn, newView, next, personIn, withMessages } from './meeting-view.ts';
import type { Meetings } from './meetings.ts';
import type { Poll } from './poll-types.ts';
import { pollsWith } from './poll-wire.ts';
import type { ReconnectPolicy } from './reconnect-policy.ts';
import { TypedEvents } from './typed-events.ts';

/** Why somebody is not, or no longer, in a meeting. `denied`: they waited, and were not let in. */
export type MeetingOver = 'ended' | 'cancelled' | 'left' | 'removed' | 'denied' | 'signedOut' | 'refused';

export interface MeetingLineEvents {
  /** Anything of the view is another than before. */
  change: [MeetingView];
  /** Oneself came in; again after each reconnection, with all that was missed in the view. */
  joined: [MeetingView];
  /** Oneself waits to be let in. */
  waiting: [MeetingView];
  came: [MeetingParticipant];
  /** `reason`: `left`, `lost`, `removed`, ... */
  went: [MeetingParticipant, reason: string];
  /** Somebody waits to be let in; told to those who may do so. */
  knock: [MeetingParticipant];
  /** Somebody wrote, oneself too. */
  message: [MeetingMessage];
  /** Everybody is asked something, or no more. */
  poll: [Poll, what: 'opened' | 'closed'];
  role: [MeetingParticipant];
  hand: [MeetingParticipant];
  /** Somebody in a breakout room asks for those who run the meeting, who alone are told. */
  help: [MeetingParticipant, BreakoutName];
  /** Somebody has a place in another breakout room, or in none. */
  moved: [MeetingParticipant];
  /** Who is in the breakout rooms, or has a place there, is different: `breakouts.get` says how. */
  rooms: [];
  muted: [{ people: MeetingParticipant[]; kinds: string[]; by: number | null }];
  /** The end of this line. `error` says why the server refused, where it did. */
  over: [MeetingOver, error?: ParleyError];
  /** What the server refused of this line without anybody waiting for it. */
  error: [ParleyError];
  /** Whatever else happens in the meeting, by the name the log has for it. */
  event: [{ type: string; seq: number; data: Record<string, unknown> }];
}

/** How the server closes for good; anything else is a reason to come back. */
const SIGNED_OUT = 4003;
const ENDED = 4010;
const REMOVED = 4011;
/** Refusals that another try may find gone. */
const PASSING: readonly string[] = ['network', 'unavailable', 'internal', 'limit'];
const PAGE = 100;

export interface LineOptions {
  password?: string;
}

/**
 * One's place in a meeting: comes in over REST, keeps a signalling socket without media open and the
 * `view` up to date, and comes back by itself. The media is a LiveKit client's, by `view.media`.
 */
export class MeetingLine extends TypedEvents<MeetingLineEvents> {
  readonly id: number;
  /** Resolves when one is in, or waits; rejects when the server does not let one in. */
  readonly ready: Promise<void>;
  readonly #api: Meetings;
  readonly #policy: ReconnectPolicy;
  readonly #password: string | undefined;
  #view: MeetingView = newView;
  #socket: LineSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  /** The last answer of the server was to wait. */
  #waited = false;
  /** Each look at the meeting has a number; an older one tells nothing any more. */
  #turn = 0;
  /** Whoever came or went while the waiting were being read, and whether the meeting changed. */
  #news: { people: Set<number>; meeting: boolean } = { people: new Set(), meeting: false };
  #settle: { resolve: () => void; reject: (error: ParleyError) => void } | undefined;
  readonly #online = () => (this.#socket ? this.#socket.probe() : this.#connect());

  /** @internal Use `client.meetings.open`. */
  constructor(api: Meetings, id: number, policy: ReconnectPolicy, { password }: LineOptions = {}) {
    super();
    this.id = id;
    this.#api = api;
    this.#policy = policy;
    this.#password = password;
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Nobody has to wait for it; `over` tells as well.
    this.ready.catch(() => undefined);
    globalThis.addEventListener?.('online', this.#online);
    void this.#connect();
  }

  get view(): MeetingView {
    return this.#view;
  }

  /** Comes back to everybody, with its number. */
  say(content: string): Promise<MeetingMessage> {
    return this.#api.say(this.id, content);
  }

  /** One's answer to a poll, by the options' places. */
  async vote(pollId: number, options: readonly number[]): Promise<Poll> {
    const poll = await this.#api.polls.vote(this.id, pollId, options);
    // It may have closed meanwhile, and what everybody was told is newer then.
    const told = this.#view.polls.get(pollId);
    const { voted, myVote } = poll;
    const now = told?.status === 'closed' ? { ...told, voted, myVote } : poll;
    this.#set({ ...this.#view, polls: pollsWith(this.#view.polls, now) });
    return now;
  }

  async raiseHand(raised: boolean): Promise<void> {
    await this.#api.raiseHand(this.id, raised);
  }

  /** Leaves the meeting, or stops waiting. */
  async leave(): Promise<void> {
    this.close();
    await this.#api.leave(this.id);
  }

  /** Closes without a word: the server takes it for a lost connection. */
  close(): void {
    this.#end('left', undefined, false);
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    const turn = ++this.#turn;
    try {
      const entry = await this.#api.join(this.id, this.#password);
      if (turn !== this.#turn) return;
      this.#waited = entry.status === 'waiting';
      this.#set({ ...this.#view, muteOnJoin: entry.muteOnJoin });
      const userId = Number(new URL(entry.roomUrl).searchParams.get('user_id'));
      this.#open(entry.roomUrl, userId);
    } catch (cause) {
      if (turn !== this.#turn) return;
      const error = ParleyError.of(cause);
      if (this.#view.status !== 'joining' && PASSING.includes(error.reason)) this.#again();
      else if (error.reason === 'network') this.#again();
      else if (this.#waited && error.reason === 'forbidden') this.#end('denied', error);
      else this.#end(overBy(error), error);
    }
  }

  #open(url: string, userId: number): void {
    this.#set({ ...this.#view, userId });
    this.#socket = new LineSocket(url, {
      opened: () => {
        const password = this.#password === undefined ? {} : { password: this.#password };
        this.#socket?.send('join', { media: false, ...password });
      },
      frame: (frame) => this.#receive(frame),
      gone: (code) => this.#gone(code),
    });
  }

  #gone(code: number): void {
    this.#socket = undefined;
    if (code === SIGNED_OUT) this.#end('signedOut');
    else if (code === ENDED) this.#end('ended');
    else if (code === REMOVED) this.#end(this.#view.status === 'waiting' ? 'denied' : 'removed');
    else this.#again();
  }

  #again(): void {
    const delay = this.#policy.nextDelay(this.#attempt++);
    if (delay === null) {
      this.#end('refused', ParleyError.network('The server cannot be reached'));
      return;
    }
    this.#set({ ...this.#view, link: this.#view.link === 'connecting' ? 'connecting' : 'reconnecting' });
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), delay);
  }

  #receive(frame: LineFrame): void {
    const { type, data } = frame;
    if (type === 'joined') this.#joined(data as unknown as WireJoined);
    else if (type === 'error') this.#refused(data);
    else this.#happened(frame);
  }

  #happened(frame: LineFrame): void {
    const { type, data } = frame;
    const before = this.#view;
    const who = Number(data.user_id);
    if (Number.isFinite(who)) this.#news.people.add(who);
    const after = next(before, frame);
    this.#news.meeting ||= after.meeting !== before.meeting;
    this.#set(after);
    this.#tell(frame, before);
    const own = who === after.userId;
    if (type === 'meeting-ended') this.#end(data.status === 'cancelled' ? 'cancelled' : 'ended');
    else if (own && type === 'removed') this.#end(before.status === 'waiting' ? 'denied' : 'removed');
    else if (own && type === 'user-left' && data.reason === 'left') this.#end('left');
    else if (own && type === 'role' && manages(after.role) && !manages(before.role)) {
      void this.#readWaiting(this.#turn);
    }
  }

  /** The moments behind a change, for those who make a sound or say a word about them. */
  #tell({ type, data }: LineFrame, before: MeetingView): void {
    const { people, waiting, userId } = this.#view;
    const who = Number(data.user_id);
    const person = people.get(who) ?? before.people.get(who);
    if (type === 'user-joined' && person && who !== userId && !before.people.has(who)) {
      this.emit('came', person);
    } else if (type === 'user-left' && before.people.has(who) && person && who !== userId) {
      this.emit('went', person, String(data.reason ?? 'left'));
    } else if (type === 'user-waiting' && !before.waiting.has(who)) {
      const knocks = waiting.get(who);
      if (knocks) this.emit('knock', knocks);
    } else if (type === 'chat') this.emit('message', messageIn(data));
    else if (type === 'poll-opened' || type === 'poll-closed') {
      const poll = this.#view.polls.get(Number(data.poll_id));
      if (poll) this.emit('poll', poll, type === 'poll-opened' ? 'opened' : 'closed');
    } else if (type === 'role' && person) this.emit('role', person);
    else if (type === 'hand' && person) this.emit('hand', person);
    else if (type === 'breakouts-help') this.emit('help', personIn(data), helpIn(data));
    else if (type === 'breakouts-moved') this.emit('moved', personIn(data));
    else if (type === 'breakouts-changed') this.emit('rooms');
    else if (type === 'muted' && Array.isArray(data.users)) {
      const users = (data.users as Record<string, unknown>[]).map(personIn);
      const by = typeof data.by === 'number' ? data.by : null;
      this.emit('muted', { people: users, kinds: (data.kinds ?? []) as string[], by });
    } else if (type === 'event') {
      this.emit('event', data as unknown as MeetingLineEvents['event'][0]);
    }
  }

  #joined(wire: WireJoined): void {
    this.#attempt = 0;
    this.#waited = wire.status === 'waiting';
    this.#set({ ...joinedView(this.#view, wire), link: 'open' });
    this.#news = { people: new Set(), meeting: false };
    const turn = ++this.#turn;
    const reads = [this.#readMeeting(turn)];
    if (wire.status === 'online') {
      reads.push(this.#readMessages(turn));
      if (manages(wire.role)) reads.push(this.#readWaiting(turn));
    }
    void Promise.all(reads).then(() => {
      this.#settle?.resolve();
      if (turn !== this.#turn) return;
      this.emit(wire.status === 'online' ? 'joined' : 'waiting', this.#view);
    });
  }

  /** What the socket does not say by itself. What it has said meanwhile is newer. */
  #readMeeting(turn: number): Promise<void> {
    return this.#read(turn, this.#api.get(this.id), (meeting) => {
      if (!this.#news.meeting) this.#set({ ...this.#view, meeting, settings: meeting.settings });
    });
  }

  #readWaiting(turn: number): Promise<void> {
    const asked = this.#api.participants(this.id, { status: 'waiting', pageSize: PAGE });
    return this.#read(turn, asked, ({ participants }) => {
      const { people: fresh } = this.#news;
      const old = [...this.#view.waiting.values()].filter(({ userId }) => fresh.has(userId));
      const read = participants.filter(({ userId }) => !fresh.has(userId));
      this.#set({
        ...this.#view,
        waiting: new Map([...read, ...old].map((person) => [person.userId, person])),
      });
    });
  }

  /** The latest of what was said, or what came since one was here last. */
  #readMessages(turn: number): Promise<void> {
    return this.#read(turn, this.#lastMessages(), (messages) => {
      this.#set(withMessages(this.#view, messages));
    });
  }

  async #lastMessages(): Promise<readonly MeetingMessage[]> {
    const after = this.#view.messages.at(-1)?.id;
    if (after !== undefined) {
      return (await this.#api.messages(this.id, { after, pageSize: PAGE })).messages;
    }
    const first = await this.#api.messages(this.id, { pageSize: PAGE });
    const pages = Math.ceil(first.total / PAGE);
    if (pages <= 1) return first.messages;
    const wanted = pages > 2 ? [pages - 1, pages] : [pages];
    const more = await Promise.all(
      wanted.map((page) => this.#api.messages(this.id, { page, pageSize: PAGE })),
    );
    const last = more.flatMap(({ messages }) => messages);
    return pages > 2 ? last : [...first.messages, ...last];
  }

  async #read<T>(turn: number, asked: Promise<T>, take: (answer: T) => void): Promise<void> {
    try {
      const answer = await asked;
      if (turn === this.#turn) take(answer);
    } catch (cause) {
      if (turn === this.#turn) this.emit('error', ParleyError.of(cause));
    }
  }

  /** The line's own `join` is refused for good; anything else is told. */
  #refused(data: Record<string, unknown>): void {
    const { code, reason, message } = data;
    const error = ParleyError.status(Number(code) || 0, String(message), { code: String(reason) });
    if (data.of === 'join') {
      // Asked again over REST, which says why for good.
      this.#socket?.close();
      this.#gone(0);
    } else this.emit('error', error);
  }

  #set(view: MeetingView): void {
    if (view === this.#view) return;
    this.#view = view;
    this.emit('change', view);
  }

  #end(why: MeetingOver, error?: ParleyError, tells = true): void {
    if (this.#view.status === 'over') return;
    this.#turn++;
    globalThis.removeEventListener?.('online', this.#online);
    clearTimeout(this.#retry);
    this.#socket?.close();
    this.#socket = undefined;
    this.#set({ ...this.#view, status: 'over' });
    this.#settle?.reject(error ?? ParleyError.conflict(`The meeting is over for this person: ${why}`));
    if (tells) this.emit('over', why, error);
  }
}

/** Contract E's number of a meeting that is over. */
const OVER_CODE = 2002;

const overBy = (error: ParleyError): MeetingOver =>
  error.details?.code === OVER_CODE ? 'ended' : error.reason === 'unauthenticated' ? 'signedOut' : 'refused';
