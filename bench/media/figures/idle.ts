import { linesOf } from '../support/lines.ts';
import { busyness, drive } from '../support/load.ts';
import { type MediaFigure, sized } from '../support/media-figure.ts';
import { alternately } from '../support/sides.ts';

const PEOPLE = 100;

/** A room in which nobody sends. */
export const idle: MediaFigure = {
  name: 'idle',
  async measure(asked, note) {
    const people = sized(asked, PEOPLE);
    const rounds = await alternately(
      'idle room',
      asked.pairs,
      (server) => drive(server, { pubs: 0, subs: people, seconds: asked.small ? 3 : 20 }),
      (load) => load.server_cpu * 1000,
    );
    note(`idle room: ${busyness(rounds.flatMap((round) => Object.values(round)))}`);
    return linesOf(rounds, {
      figure: `idle room of ${people} without media, CPU`,
      unit: ' ms a second',
      value: (load) => load.server_cpu * 1000,
      bar: { atMost: 1 },
    });
  },
};
