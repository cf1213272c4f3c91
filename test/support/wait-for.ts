import { setTimeout as delay } from 'node:timers/promises';

/** What to wait for, in words that finish the sentence "waited for ...". */
export type WaitOptions = { reason: string; timeoutMs?: number; everyMs?: number };

const MISSING = [undefined, null, false] as const;
type Missing = (typeof MISSING)[number];

/**
 * Asks again until the answer is something. `undefined`, `null`, `false` and a thrown error all mean "not yet"; when
 * time is up, the failure tells what was waited for and what the last look found.
 */
export async function waitFor<T>(
  look: () => T | Missing | Promise<T | Missing>,
  { reason, timeoutMs = 10_000, everyMs = 20 }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    let cause: unknown;
    try {
      const found = await look();
      if (!isMissing(found)) return found;
      last = `the last look found ${found}`;
    } catch (error) {
      cause = error;
      last = `the last look failed: ${error instanceof Error ? error.message : error}`;
    }
    if (performance.now() >= deadline)
      throw new Error(`waited ${timeoutMs} ms for ${reason}; ${last}`, { cause });
    await delay(everyMs);
  }
}

const isMissing = (value: unknown): value is Missing => (MISSING as readonly unknown[]).includes(value);
