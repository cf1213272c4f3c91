import type { MediaLink } from './link.ts';

/** Longer than the engine keeps a member whose client says nothing. */
const KEPT_MS = 30_000;

/** Links whose sockets were lost, until their clients come back for them. */
export class Links {
  readonly #lost = new Map<string, { link: MediaLink; timer: NodeJS.Timeout }>();

  /** The socket of a link is gone. */
  keep(meetingId: number, userId: number, link: MediaLink): void {
    link.detach();
    if (link.sid === undefined) return;
    const key = keyOf(meetingId, userId);
    this.#drop(key);
    const timer = setTimeout(() => this.#lost.delete(key), KEPT_MS);
    timer.unref();
    this.#lost.set(key, { link, timer });
  }

  /** The one that this person left behind in a meeting. */
  take(meetingId: number, userId: number): MediaLink | undefined {
    const key = keyOf(meetingId, userId);
    const link = this.#lost.get(key)?.link;
    this.#drop(key);
    return link;
  }

  close(): void {
    for (const key of [...this.#lost.keys()]) this.#drop(key);
  }

  #drop(key: string): void {
    clearTimeout(this.#lost.get(key)?.timer);
    this.#lost.delete(key);
  }
}

const keyOf = (meetingId: number, userId: number) => `${meetingId} ${userId}`;
