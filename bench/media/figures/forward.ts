import type { Line } from '../../support/figure.ts';
import { linesOf } from '../support/lines.ts';
import { busyness, drive, type Load, type Shape } from '../support/load.ts';
import { type Asked, type MediaFigure, sized } from '../support/media-figure.ts';
import { paceFor } from '../support/pace.ts';
import { alternately, type Round } from '../support/sides.ts';

const FEW = 100;
const MANY = 200;

const shapes = (asked: Asked): [what: string, shape: Shape][] => [
  [`1 publisher to ${sized(asked, FEW)}`, { rooms: 1, pubs: 1, subs: sized(asked, FEW) }],
  [`1 publisher to ${sized(asked, MANY)}`, { rooms: 1, pubs: 1, subs: sized(asked, MANY) }],
  ['5 rooms of 2 publishers and 8 others', { rooms: asked.small ? 2 : 5, pubs: 2, subs: 8 }],
];

/** Packets per core and second, what arrives and when, and the memory for it: all of the same runs. */
export const forward: MediaFigure = {
  name: 'forward',
  async measure(asked, note) {
    const all: { what: string; rounds: Round<Load>[] }[] = [];
    for (const [what, shape] of shapes(asked)) {
      const seconds = asked.small ? 3 : 10;
      const fps = await paceFor(asked, shape, note);
      const rounds = await alternately(
        what,
        asked.pairs,
        (server) => drive(server, { ...shape, fps, seconds }),
        (load) => load.packets_per_core_s,
        { stock: true },
      );
      note(`${what}: ${busyness(rounds.flatMap((round) => Object.values(round)))}`);
      all.push({ what, rounds });
    }
    const [few, many] = all;
    if (!few || !many) throw new Error('nothing was measured');
    return [...all.flatMap(traffic), ...memory(asked, few.rounds, many.rounds)];
  },
};

function traffic({ what, rounds }: { what: string; rounds: Round<Load>[] }): Line[] {
  const told = [
    {
      figure: `packets forwarded per core and second, ${what}`,
      unit: '',
      value: (load: Load) => load.packets_per_core_s,
      bar: { atLeast: 1.4 },
    },
    {
      figure: `delivered, ${what}`,
      unit: ' %',
      value: (load: Load) => load.delivered * 100,
      bar: { atLeast: 0.998 },
    },
    {
      figure: `one-way delay p50, ${what}`,
      unit: ' ms',
      value: (load: Load) => load.delay_ms_p50,
      bar: { atMost: 1.2 },
    },
    {
      figure: `one-way delay p99, ${what}`,
      unit: ' ms',
      value: (load: Load) => load.delay_ms_p99,
      bar: { atMost: 1.2 },
    },
  ];
  return told.flatMap((one) => linesOf(rounds, one));
}

/** Of the runs with few and with many of the same turn. */
function memory(asked: Asked, few: Round<Load>[], many: Round<Load>[]): Line[] {
  const added = sized(asked, MANY) - sized(asked, FEW);
  const perAdded = many.map((round, turn): Round<number> => {
    const of = (side: 'ours' | 'livekit') =>
      (round[side].rss_mb - (few[turn]?.[side].rss_mb ?? Number.NaN)) / added;
    return { ours: of('ours'), livekit: of('livekit') };
  });
  return [
    ...linesOf(perAdded, {
      figure: `memory per added subscriber, ${sized(asked, FEW)} to ${sized(asked, MANY)}`,
      unit: ' MiB',
      value: (mb) => mb,
      bar: { atMost: 0.5 },
    }),
    ...linesOf(many, {
      figure: `memory of the server and its workers, ${sized(asked, MANY)} subscribers`,
      unit: ' MiB',
      value: (load) => load.rss_mb,
      bar: { atMost: 1 },
    }),
  ];
}
