import type { RecurringMeetings } from './recurring.ts';

/** Meetings are made weeks ahead: nobody waits for this. */
const EVERY_MS = 60_000;

/** Looks after the series from start to stop, on every node: whoever is second finds nothing to do. */
export class SeriesSweeper {
  readonly #recurring: Pick<RecurringMeetings, 'sweep'>;
  readonly #failed: (what: string, error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<unknown> | undefined;

  constructor(recurring: Pick<RecurringMeetings, 'sweep'>, failed: (what: string, error: unknown) => void) {
    this.#recurring = recurring;
    this.#failed = failed;
  }

  start(): void {
    this.#look();
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }

  /** Not while the last look is still under way. */
  #look(): void {
    this.#busy ??= this.#recurring
      .sweep()
      .catch((error) => this.#failed('look after recurring meetings', error))
      .finally(() => {
        this.#busy = undefined;
      });
  }
}
