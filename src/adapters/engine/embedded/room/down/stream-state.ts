import { StreamState, StreamStateInfo, StreamStateUpdate } from '@livekit/protocol';
import type { Layers } from '../../media/measures.ts';
import type { Member, PublishedTrack } from '../types.ts';

/** No layer for so long is worth telling: shorter gaps are switches between layers. */
const STILL_MS = 2000;

/** Tells one subscriber when a track stands still for want of bandwidth, and when it moves again. */
export class StreamWatch {
  readonly #member: Member;
  readonly #track: PublishedTrack;
  readonly #expected: () => boolean;
  #told = StreamState.ACTIVE;
  #timer: NodeJS.Timeout | undefined;
  #began = false;
  #still = false;

  /** `expected`: whether the track is to move at all, for neither its publisher nor its subscriber stopped it. */
  constructor(member: Member, track: PublishedTrack, expected: () => boolean) {
    this.#member = member;
    this.#track = track;
    this.#expected = expected;
  }

  get stands(): boolean {
    return this.#told === StreamState.PAUSED && this.#expected();
  }

  layers(now: Layers | null): void {
    this.#still = now === null && this.#began;
    if (now !== null) {
      this.#began = true;
      this.close();
      this.#tell(StreamState.ACTIVE);
    } else {
      this.expectedAgain();
    }
  }

  /** Somebody lets it move again: if it does not, that is worth telling now. */
  expectedAgain(): void {
    if (this.#still) this.#timer ??= setTimeout(() => this.#stillStands(), STILL_MS).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #stillStands(): void {
    this.#timer = undefined;
    if (this.#expected()) this.#tell(StreamState.PAUSED);
  }

  #tell(state: StreamState): void {
    if (state === this.#told) return;
    this.#told = state;
    const info = new StreamStateInfo({
      participantSid: this.#track.publisher.sid,
      trackSid: this.#track.info.sid,
      state,
    });
    this.#member.send({
      case: 'streamStateUpdate',
      value: new StreamStateUpdate({ streamStates: [info] }),
    });
  }
}
