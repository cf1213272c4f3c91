import { startLiveKit } from './livekit.ts';
import { drive, type Load, type Shape } from './load.ts';
import type { Asked } from './media-figure.ts';
import type { MediaServer } from './media-server.ts';
import { ourWorker, startOurs } from './ours.ts';

const USUAL_FPS = 30;
const LEAST_FPS = 5;
/** Of what others leave of the machine, so much may be used: beyond, what is measured is the waiting. */
const SHARE = 0.75;
const TRIALS = 4;

/** Frames a second at which neither server, with the load beside it, comes near what the machine has left. */
export async function paceFor(asked: Asked, shape: Shape, note: (sentence: string) => void): Promise<number> {
  if (asked.fps !== undefined) return asked.fps;
  let fps = USUAL_FPS;
  for (let trial = 0; trial < TRIALS; trial++) {
    const tried = { ...shape, fps, seconds: 3 };
    const loads = [await once(startLiveKit, tried), await once(() => startOurs(ourWorker().path), tried)];
    const room = Math.min(...loads.map(roomIn));
    if (room >= 1) return fps;
    if (fps === LEAST_FPS) break;
    fps = Math.max(LEAST_FPS, Math.floor(fps * room * 0.9));
  }
  note(
    `the machine is too small or too busy for this load even at ${fps} frames a second: what follows is of no use`,
  );
  return fps;
}

/** How many times the load would fit; below 1 it is too much. */
function roomIn({ cores, others_busy, server_cpu, load_cpu, delivered }: Load): number {
  const free = cores * (1 - others_busy);
  // One worker carries one room, and it is one thread.
  const fits = Math.min((SHARE * free) / (server_cpu + load_cpu), SHARE / server_cpu);
  return delivered < 0.99 ? Math.min(fits, 0.7) : fits;
}

async function once(start: () => Promise<MediaServer>, shape: Shape): Promise<Load> {
  const server = await start();
  try {
    return await drive(server, shape);
  } finally {
    await server.stop();
  }
}
