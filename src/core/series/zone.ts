import { invalid } from '../errors.ts';

const DAY_MS = 86_400_000;
const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** What clocks on the wall show in a place, by its name in the IANA database. */
export class Zone {
  readonly #format: Intl.DateTimeFormat;

  /** Throws `invalid` for a place that nobody knows. */
  constructor(name: string) {
    try {
      this.#format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
        timeZone: name,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch (error) {
      if (error instanceof RangeError) throw invalid('recurrence.timezone', 'series.timezone');
      throw error;
    }
  }

  /** As `2026-03-29T10:00:00`. */
  wall(at: number): string {
    return new Date(this.#shown(at)).toISOString().slice(0, 19);
  }

  /**
   * When clocks there show this. Of the two moments when clocks go back it is the earlier; undefined
   * when they jump over it (RFC 5545, 3.3.10: such a one is left out).
   */
  instant(wall: string): number | undefined {
    const shown = Date.parse(`${wall}Z`);
    const [before, after] = [this.#offset(shown - DAY_MS), this.#offset(shown + DAY_MS)];
    if (before === after) return shown - before;
    const moments = [shown - before, shown - after].filter((at) => this.#shown(at) === shown);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  #offset(at: number): number {
    return this.#shown(at) - at;
  }

  /** What the clock shows, as if it showed UTC. */
  #shown(at: number): number {
    const parts = new Map(this.#format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 1, ...rest] = FIELDS.map((field) => parts.get(field) ?? 0);
    return Date.UTC(year, month - 1, ...rest);
  }
}
