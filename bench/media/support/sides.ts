import { short } from '../../support/figure.ts';
import { startLiveKit } from './livekit.ts';
import type { MediaServer } from './media-server.ts';
import { ourWorker, startOurs, stockWorker } from './ours.ts';

/** Who is compared; the stock worker where there is one and the figure asks for it. */
export type Side = 'ours' | 'livekit' | 'stock';
export type Round<T> = { ours: T; livekit: T; stock?: T };

export interface Given {
  /** The stock worker, too, where it is here. */
  readonly stock?: boolean;
  /** Where our clients come in; loopback unless said otherwise, empty for the machine's own addresses. */
  readonly announced?: string;
}

function start(side: Side, { announced }: Given): Promise<MediaServer> {
  if (side === 'livekit') return startLiveKit();
  return startOurs(side === 'ours' ? ourWorker().path : (stockWorker() ?? ''), announced);
}

/** Every side on a fresh server. */
async function on<T>(side: Side, given: Given, measure: (server: MediaServer) => Promise<T>): Promise<T> {
  const server = await start(side, given);
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
  given: Given = {},
): Promise<Round<T>[]> {
  const sides: Side[] = ['ours', 'livekit', ...(given.stock && stockWorker() ? (['stock'] as const) : [])];
  const rounds: Round<T>[] = [];
  for (let turn = 0; turn < pairs; turn++) {
    const shift = turn % sides.length;
    const got: Partial<Record<Side, T>> = {};
    for (const side of [...sides.slice(shift), ...sides.slice(0, shift)])
      got[side] = await on(side, given, measure);
    rounds.push(got as Round<T>);
    const shown = sides.map((side) => `${side} ${short(show(got[side] as T))}`).join(', ');
    process.stderr.write(`${name} ${turn + 1}/${pairs}: ${shown}\n`);
  }
  return rounds;
}

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
