import { DisconnectReason, type SignalRequest } from '@livekit/protocol';
import type { MediaSession, Wire } from '../../../../ports/media-sessions.ts';
import { LIMITS } from '../limits.ts';
import { dispatch } from './dispatch.ts';
import type { RoomMember } from './member.ts';

/** A member's signalling over one wire. Messages are handled one after the other, each inside one guard. */
export class Session implements MediaSession {
  readonly sid: string;
  readonly identity: string;
  readonly room: string;
  readonly #member: RoomMember;
  readonly #wire: Wire;
  #last: Promise<void>;
  #waiting = 0;

  constructor(member: RoomMember, wire: Wire) {
    this.sid = member.sid;
    this.identity = member.identity;
    this.room = member.room.name;
    this.#member = member;
    this.#wire = wire;
    // What comes before the connections are there waits for them.
    this.#last = member.settled;
  }

  receive(message: SignalRequest['message']): void {
    if (this.#over) return;
    this.#member.heardAt = this.#member.room.options.clock.now();
    if (++this.#waiting > LIMITS.waitingMessages) {
      this.#failed('too many messages', new Error(`${this.#waiting} are waiting`));
      return;
    }
    this.#last = this.#last.then(() => this.#handle(message));
  }

  gone(): void {
    const member = this.#member;
    if (!this.#over) member.room.wireLost(member);
  }

  leave(reason: DisconnectReason): void {
    if (!this.#over) this.#member.end(reason || DisconnectReason.CLIENT_INITIATED);
  }

  async #handle(message: SignalRequest['message']): Promise<void> {
    this.#waiting--;
    if (this.#over) return;
    try {
      await dispatch(this.#member, message);
    } catch (error) {
      // Of somebody who left meanwhile the connections are gone: that is why, and nobody waits for it.
      if (this.#member.closed) return;
      this.#failed(message.case ?? 'an unknown message', error);
    }
  }

  #failed(what: string, error: unknown): void {
    const member = this.#member;
    member.room.options.failed(`${what} of ${member.sid} in ${this.room}`, error);
    member.room.fail(member);
  }

  /** The member has left, or goes on over another wire. */
  get #over(): boolean {
    return this.#member.closed || !this.#member.hangsOn(this.#wire);
  }
}
