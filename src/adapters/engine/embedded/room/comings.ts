import { DisconnectReason } from '@livekit/protocol';
import { joined, tellOf, updateOf } from './broadcast.ts';
import type { RoomMember } from './member.ts';

/** From so many on, a room is told of those who come and go once a second, of all of them together. */
const MANY = 16;

/**
 * Tells a room who comes, is connected and leaves. Each time that is a message to everybody, which in
 * a large room would be most of what it costs to let somebody in; LiveKit waits for three seconds.
 * Only for somebody who sends something nobody is made to wait.
 */
export class Comings {
  readonly #members: ReadonlyMap<string, RoomMember>;
  /** By identity, of whom at most one session is waited with. */
  readonly #waiting = new Map<string, RoomMember>();

  constructor(members: ReadonlyMap<string, RoomMember>) {
    this.#members = members;
  }

  tell(about: RoomMember): void {
    const replaced = about.reason === DisconnectReason.DUPLICATE_IDENTITY;
    if (about.isPublisher || replaced || this.#members.size < MANY) this.tellNow(about);
    else if (!about.hidden) this.#waiting.set(about.identity, about);
  }

  tellNow(about: RoomMember, alsoItself = false): void {
    if (this.#waiting.get(about.identity) === about) this.#waiting.delete(about.identity);
    tellOf(about, this.#members.values(), alsoItself);
  }

  /**
   * Somebody of this identity is about to come in: the end of the session before is told first, for
   * clients go by the identity alone.
   */
  before(identity: string): void {
    if (this.#waiting.has(identity)) this.flush();
  }

  /** To be called once a second. */
  flush(): void {
    if (this.#waiting.size === 0) return;
    const seen = [...this.#waiting.values()].filter(({ hidden }) => !hidden);
    this.#waiting.clear();
    const message = updateOf(seen.map((member) => member.info()));
    for (const member of this.#members.values()) if (joined(member)) member.send(message);
  }
}
