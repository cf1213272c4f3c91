import { linesOf } from '../support/lines.ts';
import { busyness, drive } from '../support/load.ts';
import { type MediaFigure, sized } from '../support/media-figure.ts';
import { paceFor } from '../support/pace.ts';
import { alternately } from '../support/sides.ts';

const SUBSCRIBERS = 50;
const A_MINUTE = 100;

/** What those in a room notice of others who come and go: half of these in the room, half beside it. */
export const churn: MediaFigure = {
  name: 'churn',
  async measure(asked, note) {
    const room = { pubs: 1, subs: sized(asked, SUBSCRIBERS) };
    const fps = await paceFor(asked, room, note);
    const rounds = await alternately(
      'churn',
      asked.pairs,
      (server) => drive(server, { ...room, fps, seconds: asked.small ? 4 : 30, churn: A_MINUTE }),
      (load) => load.delay_ms_p99,
    );
    note(`churn: ${busyness(rounds.flatMap((round) => Object.values(round)))}`);
    const beside = `${A_MINUTE} joins and leaves a minute beside ${room.subs} subscribers`;
    return [
      ...linesOf(rounds, {
        figure: `the others' delivered share, ${beside}`,
        unit: ' %',
        value: (load) => load.delivered * 100,
        bar: { atLeast: 0.998 },
      }),
      ...linesOf(rounds, {
        figure: `the others' one-way delay p99, ${beside}`,
        unit: ' ms',
        value: (load) => load.delay_ms_p99,
        bar: { atMost: 1 },
      }),
    ];
  },
};
