import type { Call } from './call.ts';
import { GLARE_OFFER_MS, SERVER_WORD_MS } from './defaults.ts';
import { ParleyError } from './errors.ts';
import type { CallFrame, ServerFrame, ServerFrames } from './protocol.ts';

/** The server's first word about a call that was offered on the socket. */
export type FirstWord =
  | { type: 'call:ringing'; data: ServerFrames['call:ringing'] }
  | { type: 'call:answer'; data: ServerFrames['call:answer'] }
  | { type: 'call:busy'; data: ServerFrames['call:busy'] }
  | { type: 'call:reject'; data: ServerFrames['call:reject'] }
  | { type: 'call:not_available'; data: ServerFrames['call:not_available'] };

interface Ask {
  uid: string;
  resolve(word: FirstWord): void;
  reject(error: ParleyError): void;
}

/** What is on its way while a call is being placed: its first word, early frames, a crossing call. */
export class Waiting {
  #placing: ReadonlySet<string> | undefined;
  #ask: Ask | undefined;
  readonly #held = new Map<string, CallFrame[]>();
  readonly #expected = new Map<string, (call: Call) => void>();
  readonly #back = new Set<Call>();

  /** One call is placed at a time: refusals of offers do not say which offer they refuse. */
  open(uids: readonly string[]): () => void {
    if (this.#placing) throw ParleyError.conflict('Another call is being placed');
    this.#placing = new Set(uids);
    return () => {
      this.#placing = undefined;
      this.#held.clear();
    };
  }

  /** The first word about the offer that `send` sends. */
  async word(uid: string, send: () => boolean): Promise<FirstWord> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<FirstWord>((resolve, reject) => {
        this.#ask = { uid, resolve, reject };
        const late = () => reject(ParleyError.network('The server says nothing about the call'));
        timer = setTimeout(late, SERVER_WORD_MS);
        if (!send()) reject(ParleyError.network('There is no connection to the server'));
      });
    } finally {
      clearTimeout(timer);
      this.#ask = undefined;
    }
  }

  /** `true` if the frame was the word waited for. */
  take(frame: ServerFrame, live: ReadonlyMap<string, Call>): boolean {
    const ask = this.#ask;
    if (!ask) return false;
    if (frame.type === 'call:not_available') {
      ask.resolve(frame);
      return true;
    }
    const uid = wordAbout(frame);
    if (uid === undefined) return false;
    const { callId } = frame.data as { callId: string };
    // Somebody may be called by number; the answer names their uid.
    if (live.has(callId) || (uid !== ask.uid && !/^\d+$/.test(ask.uid))) return false;
    ask.resolve(frame as FirstWord);
    return true;
  }

  /** `true` if the refusal was of the offer. Those of other frames name the call they were about. */
  refuse(code: number, message: string, callId: string | undefined): boolean {
    if (!this.#ask || (callId !== undefined && code !== 409)) return false;
    this.#ask.reject(ParleyError.status(code, message, callId === undefined ? {} : { callId }));
    return true;
  }

  /** Frames of a call whose id the answer to our request has yet to tell. */
  hold(frame: CallFrame): void {
    if (!this.#placing) return;
    const frames = this.#held.get(frame.data.callId) ?? [];
    frames.push(frame);
    this.#held.set(frame.data.callId, frames);
  }

  takeHeld(callId: string): CallFrame[] {
    const frames = this.#held.get(callId) ?? [];
    this.#held.delete(callId);
    return frames;
  }

  /** An incoming call of somebody who is being called: kept back until it is clear which call it is. */
  meets(call: Call): boolean {
    if (!this.#placing?.has(call.peer.uid)) return false;
    this.#back.add(call);
    return true;
  }

  forget(call: Call): void {
    this.#back.delete(call);
  }

  heldBack(): Call[] {
    const calls = [...this.#back];
    this.#back.clear();
    return calls;
  }

  /** The call of that id once its offer is here; `undefined` if it does not come. */
  callOf(callId: string): Promise<Call | undefined> {
    return new Promise((resolve) => {
      const done = (call: Call | undefined) => {
        clearTimeout(timer);
        this.#expected.delete(callId);
        resolve(call);
      };
      const timer = setTimeout(() => done(undefined), GLARE_OFFER_MS);
      this.#expected.set(callId, done);
    });
  }

  appeared(call: Call): void {
    this.#expected.get(call.id)?.(call);
  }
}

/** Whom a first word is about. */
function wordAbout(frame: ServerFrame): string | undefined {
  switch (frame.type) {
    case 'call:ringing':
      return frame.data.receiverId;
    case 'call:answer':
    case 'call:busy':
    case 'call:reject':
      return frame.data.senderId;
    default:
      return undefined;
  }
}
