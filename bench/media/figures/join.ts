import { linesOf } from '../support/lines.ts';
import { busyness, drive, type Load } from '../support/load.ts';
import { type MediaFigure, sized } from '../support/media-figure.ts';
import { paceFor } from '../support/pace.ts';
import { alternately } from '../support/sides.ts';

const JOINS = 50;
const SUBSCRIBERS = 40;

/** From the first byte until a pion client's connection is up, one client after the other. */
export const join: MediaFigure = {
  name: 'join',
  async measure(asked, note) {
    const joins = sized(asked, JOINS);
    const quiet = await alternately(
      'join, quiet',
      asked.pairs,
      (server) => drive(server, { pubs: 0, subs: 1, seconds: 1, joins }),
      (load) => load.visit_ms_p50,
    );
    const traffic = { pubs: 1, subs: sized(asked, SUBSCRIBERS) };
    const fps = await paceFor(asked, traffic, note);
    const busy = await alternately(
      'join, during traffic',
      asked.pairs,
      (server) => drive(server, { ...traffic, fps, seconds: 1, joins }),
      (load) => load.visit_ms_p50,
    );
    note(`joins: ${busyness([...quiet, ...busy].flatMap((round) => Object.values(round)))}`);
    const p50 = (load: Load) => load.visit_ms_p50;
    const bar = { atMost: 2.5 };
    return [
      ...linesOf(quiet, {
        figure: `join until connected, p50 of ${joins}, quiet`,
        unit: ' ms',
        value: p50,
        bar,
      }),
      ...linesOf(busy, {
        figure: `join until connected, p50 of ${joins}, into a room of ${traffic.subs} with a publisher`,
        unit: ' ms',
        value: p50,
        bar,
      }),
    ];
  },
};
