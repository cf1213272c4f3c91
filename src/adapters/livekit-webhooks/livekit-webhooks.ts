import type { WebhookEvent } from '@livekit/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { HttpPost } from '../../ports/http-post.ts';
import type { RoomService } from '../../ports/room-service.ts';
import { EventQueue } from './queue.ts';
import type { Signer } from './signed.ts';
import { signed } from './signed.ts';

/** LiveKit's own measures: ten rooms at once, a hundred events for each. */
const AT_ONCE = 10;
const WAITING = 1_000;
/** One attempt and four more, after 1, 2, 4 and 8 s. */
const ATTEMPTS = 5;
const FIRST_MS = 1_000;
/** How long a stop waits for what is on its way. */
const STOP_MS = 3_000;

export interface LiveKitWebhooksOptions {
  readonly service: Pick<RoomService, 'listen'>;
  readonly urls: readonly string[];
  readonly signer: Signer;
  readonly http: HttpPost;
  readonly clock: Clock;
  readonly failed: (what: string, error: unknown) => void;
  /** Told of every event that does not arrive: for the metrics. */
  readonly dropped?: (url: string, event: string) => void;
  /** For tests: before the second attempt; each further one waits twice as long. */
  readonly firstRetryMs?: number;
  /** For tests: how long a stop waits for what is on its way. */
  readonly stopMs?: number;
}

/** LiveKit's webhooks of the embedded engine: every event of a room to every configured address, in order. */
export class LiveKitWebhooks {
  readonly #options: LiveKitWebhooksOptions;
  readonly #givenUp = new AbortController();
  readonly #queues: EventQueue[];
  readonly #stop: () => void;

  constructor(options: LiveKitWebhooksOptions) {
    this.#options = options;
    this.#queues = options.urls.map(
      (url) =>
        new EventQueue({
          atOnce: AT_ONCE,
          waiting: WAITING,
          deliver: (event) => this.#deliver(url, event),
          dropped: (event) => options.dropped?.(url, event.event),
        }),
    );
    this.#stop = options.service.listen((event) => {
      // A queue writes into its event how many it has dropped.
      for (const queue of this.#queues) queue.push(event.clone());
    });
  }

  /** Takes no more events, and waits a moment for those that are on their way. */
  async close(): Promise<void> {
    this.#stop();
    const timer = setTimeout(() => this.#givenUp.abort(), this.#options.stopMs ?? STOP_MS);
    await Promise.all(this.#queues.map((queue) => queue.close()));
    clearTimeout(timer);
  }

  async #deliver(url: string, event: WebhookEvent): Promise<boolean> {
    let last: unknown;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (this.#givenUp.signal.aborted) break;
      try {
        const { headers, body } = await signed(event, this.#options.signer, this.#options.clock.now());
        const { status } = await this.#options.http.post(url, headers, body, this.#givenUp.signal);
        if (status < 300) return true;
        last = new Error(`answered ${status}`);
        if (!mayRecover(status)) break;
      } catch (error) {
        last = error;
      }
      if (attempt < ATTEMPTS) await this.#pause(attempt);
    }
    // What a stop did not let go out at all is counted as dropped, not reported one by one.
    if (last !== undefined)
      this.#options.failed(`deliver LiveKit's ${event.event} to ${new URL(url).host}`, last);
    return false;
  }

  #pause(failures: number): Promise<void> {
    const { signal } = this.#givenUp;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, (this.#options.firstRetryMs ?? FIRST_MS) * 2 ** (failures - 1));
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }
}

/** Other refusals are the endpoint's last word. */
const mayRecover = (status: number): boolean => status >= 500 || status === 429 || status === 408;
