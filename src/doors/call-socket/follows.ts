import type { App } from '../../core/app.ts';
import { ParleyError } from '../../core/errors.ts';
import type { LoggedEvent } from '../../core/events.ts';
import { eventsOf } from '../../core/log/index.ts';
import { withoutDeleted } from '../../core/meetings/index.ts';
import { mayFollow } from '../../core/policy.ts';
import { errorFrame } from './errors.ts';
import type { CallSocket } from './socket.ts';

const PAGE = 100;
const GREATEST_FOLLOWS = 20;
/** Followers look by themselves this often: the bus may have lost a hint. */
const LOOK_MS = 5_000;
/** More waiting than this, and the log waits for its reader. */
const ENOUGH = 256 * 1024;

interface Follower {
  socket: CallSocket;
  subject: string;
  after: number;
  reading: boolean;
  again: boolean;
}

/** Streams the event log to the sockets that follow a subject of it. */
export class Follows {
  readonly #app: App;
  readonly #failed: (error: unknown) => void;
  readonly #bySubject = new Map<string, Follower[]>();
  readonly #bySocket = new Map<CallSocket, Follower[]>();
  readonly #timer: NodeJS.Timeout;
  readonly #stop: () => void;

  constructor(app: App, failed: (error: unknown) => void) {
    this.#app = app;
    this.#failed = failed;
    this.#stop = app.bus.subscribe('committed', ({ subject }) => this.#wake(subject));
    this.#timer = setInterval(() => {
      for (const subject of this.#bySubject.keys()) this.#wake(subject);
    }, LOOK_MS);
    this.#timer.unref();
  }

  close(): void {
    this.#stop();
    clearInterval(this.#timer);
  }

  /** From a number on; asked again for the same subject it begins there anew. Throws what `mayFollow` does. */
  async follow(socket: CallSocket, subject: string, after: number): Promise<void> {
    await mayFollow(this.#app.store.read, socket.userId, subject);
    if (socket.readyState !== socket.OPEN) return;
    const own = (this.#bySocket.get(socket) ?? []).filter((follower) => follower.subject !== subject);
    if (own.length >= GREATEST_FOLLOWS) throw new ParleyError('limit', 'socket.follows');
    const follower = { socket, subject, after, reading: false, again: false };
    this.#bySocket.set(socket, [...own, follower]);
    const others = (this.#bySubject.get(subject) ?? []).filter((other) => other.socket !== socket);
    this.#bySubject.set(subject, [...others, follower]);
    this.#read(follower);
  }

  /** The socket is gone. */
  drop(socket: CallSocket): void {
    for (const follower of this.#bySocket.get(socket) ?? []) this.#end(follower);
  }

  #end(follower: Follower): void {
    const without = <K>(map: Map<K, Follower[]>, key: K) => {
      const others = (map.get(key) ?? []).filter((other) => other !== follower);
      if (others.length === 0) map.delete(key);
      else map.set(key, others);
    };
    without(this.#bySubject, follower.subject);
    without(this.#bySocket, follower.socket);
  }

  #wake(subject: string): void {
    for (const follower of this.#bySubject.get(subject) ?? []) this.#read(follower);
  }

  #read(follower: Follower): void {
    follower.again = true;
    if (!follower.reading) this.#send(follower).catch(this.#failed);
  }

  /** Page by page until the end, and once more if something was written meanwhile. */
  async #send(follower: Follower): Promise<void> {
    const { socket, subject } = follower;
    follower.reading = true;
    try {
      while (follower.again && this.#isCurrent(follower)) {
        follower.again = false;
        const { events } = await eventsOf(this.#app, subject, follower.after, PAGE);
        // Asked after the reading: who may still follow now could follow what was read.
        if (events.length > 0) await mayFollow(this.#app.store.read, socket.userId, subject);
        if (events.length === PAGE) follower.again = true;
        for (const event of await this.#told(subject, events)) {
          if (!this.#isCurrent(follower)) return;
          socket.tell({ type: 'event', data: shown(event) });
          follower.after = event.seq;
        }
        if (socket.bufferedAmount > ENOUGH) await drained(socket);
      }
    } catch (error) {
      if (!(error instanceof ParleyError) || error.code !== 'not_found') throw error;
      // No member any more: the log ends here, and the client is told so.
      if (this.#isCurrent(follower)) socket.tell(errorFrame(error, socket.locale));
      this.#end(follower);
    } finally {
      follower.reading = false;
    }
  }

  #told(subject: string, events: readonly LoggedEvent[]) {
    return subject.startsWith('meeting:') ? withoutDeleted(this.#app.store.read, events) : events;
  }

  #isCurrent(follower: Follower): boolean {
    return this.#bySocket.get(follower.socket)?.includes(follower) ?? false;
  }
}

const shown = ({ subject, seq, type, at, data }: LoggedEvent) => ({
  subject,
  seq,
  type,
  at: new Date(at).toISOString(),
  data: { ...data },
});

const drained = ({ wire }: CallSocket) =>
  new Promise<void>((resolve) => {
    const done = () => {
      wire?.off('drain', done).off('close', done);
      resolve();
    };
    wire?.once('drain', done).once('close', done);
  });
