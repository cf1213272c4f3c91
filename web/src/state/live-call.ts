import { type CallView, viewOf } from './call-view.ts';
import { asKnown, learned } from './known-people.ts';
import type { Call } from './sdk.ts';
import { Store } from './store.ts';

const followed = ['state', 'participants', 'stream', 'media', 'local', 'quality'] as const;

/** Follows one call of the SDK and keeps a picture of it that is new whenever something changed. */
export class LiveCall extends Store<CallView> {
  readonly call: Call;
  readonly #forget: () => void;
  #endedAt: number | undefined;

  constructor(call: Call) {
    super(viewOf(call, undefined, asKnown));
    this.call = call;
    for (const event of followed) call.on(event, this.#look);
    call.on('ended', this.#ended);
    this.#forget = learned.subscribe(this.#look);
  }

  /** Stops following; the last picture stays. */
  close(): void {
    for (const event of followed) this.call.off(event, this.#look);
    this.call.off('ended', this.#ended);
    this.#forget();
  }

  #look = (): void => {
    this.set(viewOf(this.call, this.#endedAt, asKnown));
  };

  #ended = (): void => {
    this.#endedAt ??= Date.now();
    this.set(viewOf(this.call, this.#endedAt, asKnown));
  };
}
