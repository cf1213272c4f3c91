import type { Call } from '../../core/calls/index.ts';

/**
 * What reaches a socket while its person's state is being read: a change that is newer than what
 * was read, and offers that have come by themselves.
 */
export class Opening {
  readonly #calls = new Map<string, Call>();
  readonly #offered = new Set<string>();

  note(call: Call): void {
    const known = this.#calls.get(call.id);
    if (!known || known.version < call.version) this.#calls.set(call.id, call);
  }

  offered(callId: string): void {
    this.#offered.add(callId);
  }

  wasOffered(callId: string): boolean {
    return this.#offered.has(callId);
  }

  /** The newer one of what was read and what was heard. */
  latest(read: Call): Call {
    const heard = this.#calls.get(read.id);
    return heard && heard.version > read.version ? heard : read;
  }
}
