import type { Clock } from '../../src/ports/clock.ts';
import { sign } from '../support/server.ts';

/** A clock that stands still until a test moves it: so answers carry a document's own times. */
export class TestClock implements Clock {
  #now: number;

  constructor(iso: string) {
    this.#now = Date.parse(iso);
  }

  now = () => this.#now;

  set(iso: string): void {
    this.#now = Date.parse(iso);
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

/** Tokens that are good around the clock's time rather than today. */
export function signerAt(clock: Clock) {
  const times = () => {
    const now = Math.floor(clock.now() / 1000);
    return { iat: now - 7 * 86_400, exp: now + 7 * 86_400 };
  };
  return {
    service: () => sign({ scope: 'service', ...times() }),
    user: (uid: string, claims: Record<string, unknown> = {}) => sign({ sub: uid, ...times(), ...claims }),
  };
}
