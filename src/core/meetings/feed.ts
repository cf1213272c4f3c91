import type { Bus } from '../../ports/bus.ts';
import type { Store } from '../../ports/store.ts';
import type { LoggedEvent } from '../events.ts';
import { eventsOf } from '../log/read-events.ts';
import { subjectOf } from './meeting.ts';

/** One open signalling socket of this node, as the feed sees it. */
export interface MeetingConnection {
  readonly meetingId: number;
  readonly userId: number;
  readonly sessionId: string;
  /** In order, each once. */
  tell(event: LoggedEvent): void;
  /** A ready-made frame from another participant. */
  frame(text: string): void;
  /** Who is in which breakout room has changed; only the rooms' own logs say how. */
  roomsChanged(): void;
  /** Its person is in the meeting no longer: `left`, `removed`, `ended`, `lost`, ... */
  cut(reason: string): void;
}

export interface MeetingFeedDeps {
  store: Store;
  bus: Bus;
  failed: (what: string, error: unknown) => void;
}

const PAGE = 200;
/** The bus may have lost a hint: the feed looks by itself this often. */
const LOOK_MS = 3_000;

/** What a waiting person is told of the others: how the meeting stands. */
const TOLD_OUTSIDE: readonly string[] = [
  'meeting.started',
  'meeting.updated',
  'meeting.ended',
  'meeting.cancelled',
];
const OVER: readonly string[] = ['meeting.ended', 'meeting.cancelled', 'meeting.deleted'];

interface Listener {
  connection: MeetingConnection;
  /** The number of the last event that it was told, or that was there before it. */
  position: number;
  /** In the meeting, not kept waiting. */
  inside: boolean;
}

interface Channel {
  listeners: Set<Listener>;
  reading: boolean;
  again: boolean;
}

/** Tells this node's sockets what happens in their meetings: one read of the log for all of a meeting. */
export class MeetingFeed {
  readonly #deps: MeetingFeedDeps;
  readonly #channels = new Map<number, Channel>();
  readonly #byConnection = new Map<MeetingConnection, Listener>();
  readonly #stops: (() => void)[];
  readonly #timer: NodeJS.Timeout;

  constructor(deps: MeetingFeedDeps) {
    this.#deps = deps;
    const { bus } = deps;
    this.#stops = [
      bus.subscribe('committed', ({ subject }) => {
        const id = idOf(subject);
        if (id !== undefined) this.#wake(id);
      }),
      bus.subscribe('meetingFrame', ({ meetingId, to, text }) => {
        for (const { connection, inside } of this.#listeners(meetingId)) {
          if (connection.userId === to && inside) connection.frame(text);
        }
      }),
      bus.subscribe('breakouts', ({ meetingId }) => {
        for (const { connection, inside } of this.#listeners(meetingId))
          if (inside) connection.roomsChanged();
      }),
    ];
    this.#timer = setInterval(() => {
      for (const id of this.#channels.keys()) this.#wake(id);
    }, LOOK_MS);
    this.#timer.unref();
  }

  /**
   * From when this has resolved on the connection misses nothing; what was before is not told, or
   * what came after event `after` where that is given. Open it first, then look at the meeting.
   */
  async open(connection: MeetingConnection, after?: number): Promise<void> {
    const { meetingId, userId } = connection;
    const { meetings } = this.#deps.store.read;
    const head = await meetings.head(meetingId);
    const part = await meetings.participant(meetingId, userId);
    const position = after ?? head?.version ?? 0;
    const listener = { connection, position, inside: part?.state === 'online' };
    const channel = this.#channels.get(meetingId) ?? { listeners: new Set(), reading: false, again: false };
    this.#channels.set(meetingId, channel);
    channel.listeners.add(listener);
    this.#byConnection.set(connection, listener);
    // What was written meanwhile.
    this.#wake(meetingId);
  }

  close(connection: MeetingConnection): void {
    const listener = this.#byConnection.get(connection);
    if (!listener) return;
    this.#byConnection.delete(connection);
    const channel = this.#channels.get(connection.meetingId);
    channel?.listeners.delete(listener);
    if (channel?.listeners.size === 0) this.#channels.delete(connection.meetingId);
  }

  /** A frame from one participant to another's sockets, on whichever node; who waits gets none. */
  relay(meetingId: number, toUserId: number, text: string): void {
    this.#deps.bus.publish('meetingFrame', { meetingId, to: toUserId, text });
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    clearInterval(this.#timer);
    this.#channels.clear();
    this.#byConnection.clear();
  }

  #listeners(meetingId: number): Listener[] {
    return [...(this.#channels.get(meetingId)?.listeners ?? [])];
  }

  #cut(connection: MeetingConnection, reason: string): void {
    this.close(connection);
    connection.cut(reason);
  }

  #wake(meetingId: number): void {
    const channel = this.#channels.get(meetingId);
    if (!channel) return;
    channel.again = true;
    if (channel.reading) return;
    this.#read(meetingId, channel).catch((error) =>
      this.#deps.failed(`read the events of meeting ${meetingId}`, error),
    );
  }

  /** Page by page until the end, and once more if something was written meanwhile. */
  async #read(meetingId: number, channel: Channel): Promise<void> {
    channel.reading = true;
    try {
      while (channel.again && channel.listeners.size > 0) {
        channel.again = false;
        const from = Math.min(...[...channel.listeners].map(({ position }) => position));
        const { events } = await eventsOf(this.#deps, subjectOf(meetingId), from, PAGE);
        if (events.length === PAGE) channel.again = true;
        for (const event of events) this.#tellAll(channel, event);
      }
    } finally {
      channel.reading = false;
    }
  }

  #tellAll(channel: Channel, event: LoggedEvent): void {
    for (const listener of [...channel.listeners]) {
      if (listener.position >= event.seq) continue;
      listener.position = event.seq;
      this.#tell(listener, event);
    }
  }

  #tell(listener: Listener, event: LoggedEvent): void {
    const { connection } = listener;
    const own = event.data.user_id === connection.userId;
    if (own && event.type === 'meeting.joined') listener.inside = true;
    if (listener.inside || own || TOLD_OUTSIDE.includes(event.type)) connection.tell(event);
    if (OVER.includes(event.type)) this.#cut(connection, 'ended');
    else if (own && event.type === 'meeting.removed') this.#cut(connection, 'removed');
    else if (own && event.type === 'meeting.left') this.#cut(connection, String(event.data.reason));
  }
}

function idOf(subject: string): number | undefined {
  const match = /^meeting:(\d+)$/.exec(subject);
  return match ? Number(match[1]) : undefined;
}
