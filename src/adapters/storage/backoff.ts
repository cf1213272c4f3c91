import { setTimeout as delay } from 'node:timers/promises';

/** How often a transaction is run before its failure is the caller's. */
export const ATTEMPTS = 8;
/** After this nobody waits for an answer any more. */
export const PATIENCE_MS = 10_000;

/** Twice as long each time, never two at the same moment: what collided would collide again. */
export const backoff = (attempt: number): Promise<void> => pause(0, Math.min(200, 5 * 2 ** attempt));

export const pause = (fromMs: number, toMs: number): Promise<void> =>
  delay(fromMs + Math.random() * (toMs - fromMs));
