import { RECONNECT_DELAYS_MS } from './defaults.ts';

/** Decides how long to wait before a socket is opened again. */
export interface ReconnectPolicy {
  /** Milliseconds before attempt number `attempt` (0 is the first); `null` gives up. */
  nextDelay(attempt: number): number | null;
}

/** At once, then growing quadratically, then steadily; never gives up. */
export const defaultReconnectPolicy: ReconnectPolicy = {
  nextDelay(attempt) {
    const last = RECONNECT_DELAYS_MS.length - 1;
    return RECONNECT_DELAYS_MS[Math.min(attempt, last)] ?? 0;
  },
};

/** A plain function as a policy; without one, the default. */
export function policyOf(delay: ((attempt: number) => number | null) | undefined): ReconnectPolicy {
  return delay ? { nextDelay: delay } : defaultReconnectPolicy;
}
