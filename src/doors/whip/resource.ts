import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SignalResponse } from '@livekit/protocol';
import { DisconnectReason, SessionDescription, SignalTarget } from '@livekit/protocol';
import { ParleyError } from '../../core/errors.ts';
import type { MediaSession, Wire } from '../../core/media/index.ts';
import { withCandidates } from './fragment.ts';

/** A client waits longer for an answer than anybody waits for a request. */
const ANSWER_MS = 10_000;
/** Longer than the engine keeps its last candidates back. */
const CANDIDATES_MS = 500;

interface Waiting {
  resolve(sdp: string): void;
  reject(error: unknown): void;
}

/**
 * One WHIP or WHEP session: a member of a room whose client speaks HTTP, not LiveKit's signalling.
 * It is there as long as its connection is, or until it is deleted.
 */
export class Resource implements Wire {
  /** Unguessable: who knows it may end the session, with its token. */
  readonly id = randomBytes(18).toString('base64url');
  readonly #ended: (resource: Resource) => void;
  #session: MediaSession | undefined;
  #waiting: Waiting | undefined;
  /** One offer at a time: each is made of the one before. */
  #turn: Promise<unknown> = Promise.resolve();
  #offers = 0;
  #offer = '';
  #over = false;
  /** What other clients are told a little later, so that they try UDP first: here an answer is all there is. */
  readonly #candidates = new Set<string>();
  readonly #all = Promise.withResolvers<void>();
  /** Changes with every ICE session (RFC 9725, section 4.3.1). */
  etag = newTag();

  constructor(ended: (resource: Resource) => void) {
    this.#ended = ended;
  }

  get offer(): string {
    return this.#offer;
  }

  begin(session: MediaSession): void {
    this.#session = session;
  }

  get session(): MediaSession {
    if (!this.#session || this.#over) throw new ParleyError('gone', 'whip.over');
    return this.#session;
  }

  /** The engine's answer to an offer. Throws `gone` when the session ends first, `unavailable` when none comes. */
  negotiate(sdp: string): Promise<string> {
    const answer = this.#turn.then(() => this.#negotiate(sdp));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  async #negotiate(sdp: string): Promise<string> {
    const { session } = this;
    const { promise: answered, resolve, reject } = Promise.withResolvers<string>();
    this.#waiting = { resolve, reject };
    const timer = setTimeout(() => reject(new ParleyError('unavailable', 'unavailable')), ANSWER_MS);
    try {
      this.#offers += 1;
      session.receive({
        case: 'offer',
        value: new SessionDescription({ type: 'offer', sdp, id: this.#offers }),
      });
      const answer = await answered;
      this.#offer = sdp;
      await Promise.race([this.#all.promise, delay(CANDIDATES_MS, undefined, { ref: false })]);
      return withCandidates(answer, [...this.#candidates]);
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  /** From the engine. What LiveKit's clients would be told of others is nobody's news here. */
  send(message: SignalResponse['message']): void {
    // One that comes after its time is not the next one's.
    if (message.case === 'answer' && message.value.id === this.#offers)
      this.#waiting?.resolve(message.value.sdp);
    if (message.case !== 'trickle' || message.value.target !== SignalTarget.PUBLISHER) return;
    const { candidate } = JSON.parse(message.value.candidateInit) as { candidate?: string };
    if (candidate) this.#candidates.add(candidate);
    // They come together; what comes in this turn is all of them.
    setImmediate(() => this.#all.resolve());
  }

  end(_reason: DisconnectReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#waiting?.reject(new ParleyError('gone', 'whip.over'));
    this.#ended(this);
  }

  close(): void {
    if (this.#over) return;
    this.#session?.leave(DisconnectReason.CLIENT_INITIATED);
    this.end(DisconnectReason.CLIENT_INITIATED);
  }

  retag(): string {
    this.etag = newTag();
    return this.etag;
  }
}

const newTag = () => `"${randomBytes(9).toString('base64url')}"`;
