import type { Place } from './answers.ts';
import { Way } from './way.ts';

/** A way to the worker that loses some of what comes back: every n-th packet of media. */
export interface LossyWay {
  readonly place: Place;
  lost: number;
  everyNth: number;
  close(): void;
}

export async function openLossyWay(worker: Place): Promise<LossyWay> {
  const state = { lost: 0, everyNth: Number.POSITIVE_INFINITY };
  let seen = 0;
  const way = await Way.open(worker, (packet, send) => {
    if (isMedia(packet) && ++seen % state.everyNth === 0) state.lost++;
    else send(packet);
  });
  return Object.assign(state, { place: way.place, close: () => way.close() });
}

/** RTP, and not RTCP (RFC 5761). */
const isMedia = ([first = 0, second = 0]: Buffer): boolean =>
  first >> 6 === 2 && !(second >= 192 && second <= 223);
