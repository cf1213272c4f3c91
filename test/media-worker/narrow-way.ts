import type { Place } from './answers.ts';
import { Way } from './way.ts';

/** What a router on the way holds before it drops, in milliseconds of what it carries. */
const HELD_MS = 300;

/** A way as it is to many homes: so many bits a second to the browser, far away, and it loses some. */
export interface NarrowWay {
  readonly place: Place;
  bitsPerSecond: number;
  /** Of all packets, 0 to 1. */
  loss: number;
  close(): void;
}

export async function openNarrowWay(
  worker: Place,
  { bitsPerSecond, loss, oneWayMs }: { bitsPerSecond: number; loss: number; oneWayMs: number },
): Promise<NarrowWay> {
  const state = { bitsPerSecond, loss };
  const chance = chances();
  /** When the last packet will have gone through the narrow place. */
  let freeAt = 0;
  const way = await Way.open(
    worker,
    (packet, send) => {
      const now = performance.now();
      const begins = Math.max(now, freeAt);
      if (begins - now > HELD_MS || chance() < state.loss) return;
      freeAt = begins + (packet.length * 8000) / state.bitsPerSecond;
      setTimeout(() => send(packet), freeAt - now + oneWayMs);
    },
    (packet, send) => {
      setTimeout(() => send(packet), oneWayMs);
    },
  );
  return Object.assign(state, { place: way.place, close: () => way.close() });
}

/** The same numbers from 0 to 1 in every run (Park and Miller's generator). */
function chances(): () => number {
  let state = 20_261_121;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
