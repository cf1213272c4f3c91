import { short } from '../../support/figure.ts';
import { startLiveKit } from './livekit.ts';
import type { MediaServer } from './media-server.ts';
import { ourWorker, startOurs, stockWorker } from './ours.ts';

/** Who is compared; the stock worker where there is one and the figure asks for it. */
export type Side = 'ours' | 'livekit' | 'stock';
export type Round<T> = { ours: T; livekit: T; stock?: T };

const starts: Record<Side, () => Promise<MediaServer>> = {
  ours: () => startOurs(ourWorker().path),
  livekit: startLiveKit,
  stock: () => startOurs(stockWorker() ?? ''),
};

/** Every side on a fresh server. */
async function on<T>(side: Side, measure: (server: MediaServer) => Promise<T>): Promise<T> {
  const server = await starts[side]();
  try {
    return await measure(server);
  } finally {
    await server.stop();
  }
}

/**
 * The sides in turn, another one first in each round, so that what else the machine does falls on
 * all of them.
 */
export async function alternately<T>(
  name: string,
  pairs: number,
  measure: (server: MediaServer) => Promise<T>,
  show: (measured: T) => number,
  withStock = false,
): Promise<Round<T>[]> {
  const sides: Side[] = ['ours', 'livekit', ...(withStock && stockWorker() ? (['stock'] as const) : [])];
  const rounds: Round<T>[] = [];
  for (let turn = 0; turn < pairs; turn++) {
    const shift = turn % sides.length;
    const got: Partial<Record<Side, T>> = {};
    for (const side of [...sides.slice(shift), ...sides.slice(0, shift)]) got[side] = await on(side, measure);
    rounds.push(got as Round<T>);
    const shown = sides.map((side) => `${side} ${short(show(got[side] as T))}`).join(', ');
    process.stderr.write(`${name} ${turn + 1}/${pairs}: ${shown}\n`);
  }
  return rounds;
}

/** One measurement of the servers that LiveKit's side of it is for, before the rounds. */
export const onLiveKit = <T>(measure: (server: MediaServer) => Promise<T>): Promise<T> =>
  on('livekit', measure);

/** The round in the middle, by the ratio of this value. */
export function middle<T>(
  rounds: readonly Round<T>[],
  value: (measured: T) => number,
  side: 'ours' | 'stock' = 'ours',
): { own: number; other: number; ratio: number } {
  const all = rounds.flatMap((round) => {
    const measured = round[side];
    if (measured === undefined) return [];
    const [own, other] = [value(measured), value(round.livekit)];
    return [{ own, other, ratio: own / other }];
  });
  all.sort((a, b) => a.ratio - b.ratio);
  const found = all[Math.floor(all.length / 2)];
  if (!found) throw new Error('no round was measured');
  return found;
}
