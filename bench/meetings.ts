import { alternate, type Figure, type Line, short } from './support/figure.ts';
import { Generator } from './support/generator.ts';
import { emptyData, startParley } from './support/parley.ts';
import { cpuSeconds } from './support/proc.ts';
import { seedMeetings, seedPeople, uidOf } from './support/seed.ts';
import { tokenFor } from './support/token.ts';

const MANY = 100_000;
const FEW = 100;
/** Everybody has a full page of their own, whatever the size of the whole. */
const EACH = 20;
const WARM_UP = 1000;
const ASKED = 3000;
const BAR = 1.3;

async function databaseOf(meetings: number): Promise<string> {
  const data = await emptyData();
  const people = meetings / EACH;
  seedPeople(data, people);
  seedMeetings(data, meetings, people);
  return data;
}

/** Evenly from the whole, each by its host: meetings of a large database are far apart. */
function some(meetings: number, count: number) {
  const people = meetings / EACH;
  const different = Math.min(meetings, 1000);
  return Array.from({ length: count }, (_, i) => {
    const index = Math.floor(((i % different) * meetings) / different);
    return { id: index + 1, token: tokenFor(uidOf(index % people)) };
  });
}

/** CPU milliseconds of one answer. */
async function perAnswer(data: string, meetings: number, what: 'meetings' | 'own'): Promise<number> {
  const server = await startParley(data);
  const load = new Generator('rest');
  const ask = (count: number) => load.ask<number>(what, { url: server.url, asked: some(meetings, count) });
  await ask(WARM_UP);
  const before = cpuSeconds(server.pid);
  const answered = await ask(ASKED);
  const used = cpuSeconds(server.pid) - before;
  await load.stop();
  await server.stop();
  const expected = what === 'own' ? ASKED * EACH : ASKED;
  if (answered !== expected) throw new Error(`${what}: ${answered} where ${expected} were asked for`);
  return (used * 1000) / ASKED;
}

export const meetings: Figure = {
  name: 'meetings',
  async measure(pairs): Promise<Line[]> {
    const [many, few] = [await databaseOf(MANY), await databaseOf(FEW)];
    const lines: Line[] = [];
    for (const [what, route] of [
      ['meetings', 'GET /meetings/:id'],
      ['own', 'GET /my/meetings'],
    ] as const) {
      const { ours, floor, ratio } = await alternate(
        route,
        pairs,
        () => perAnswer(many, MANY, what),
        () => perAnswer(few, FEW, what),
      );
      lines.push({
        figure: `${route} at ${MANY.toLocaleString('en')} meetings, CPU`,
        ours: `${short(ours)} ms`,
        floor: `${short(floor)} ms (at ${FEW})`,
        ratio,
        bar: `at most ${BAR} x`,
        holds: ratio <= BAR,
      });
    }
    return lines;
  },
};
