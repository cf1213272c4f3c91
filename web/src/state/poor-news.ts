import { toast } from './toasts.ts';

/** A weak connection is told once in this time: it is seen in the bars all along. */
const PAUSE_MS = 5 * 60_000;
let toldAt = Number.NEGATIVE_INFINITY;

export function tellPoor(now = performance.now()): void {
  if (now - toldAt < PAUSE_MS) return;
  toldAt = now;
  toast('warn', 'net.poor');
}
