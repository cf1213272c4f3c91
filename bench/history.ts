import { alternate, type Figure, type Line, short } from './support/figure.ts';
import { Generator } from './support/generator.ts';
import { emptyData, startParley } from './support/parley.ts';
import { cpuSeconds } from './support/proc.ts';
import { FIRST_ID, seedCalls, seedPeople, uidOf } from './support/seed.ts';
import { tokenFor } from './support/token.ts';

const MANY = 1_000_000;
const FEW = 1_000;
/** Everybody has as many calls of their own, whatever the size of the whole. */
const CALLS_EACH = 100;
const SIZE = 20;
const WARM_UP = 500;
const PAGES = 3000;

/** A database with so many calls that are over. */
async function databaseOf(calls: number, each: number): Promise<string> {
  const data = await emptyData();
  const pairs = calls / each;
  seedPeople(data, 2 * pairs);
  seedCalls(data, calls, pairs);
  return data;
}

/** Evenly from the whole, so that many histories of a large database are far apart. */
const some = (pairs: number) =>
  Array.from({ length: Math.min(2 * pairs, 1000) }, (_, i) => {
    const index = Math.floor((i * 2 * pairs) / Math.min(2 * pairs, 1000));
    return { id: FIRST_ID + index, token: tokenFor(uidOf(index)) };
  });

/** CPU milliseconds of one page of A's history. */
async function perPage(data: string, pairs: number): Promise<number> {
  const server = await startParley(data);
  const load = new Generator('rest');
  const people = some(pairs);
  const pages = (count: number, page: number) =>
    load.ask<number>('pages', { url: server.url, people, count, page });
  await pages(WARM_UP, 1);
  const before = cpuSeconds(server.pid);
  const lines = (await pages(PAGES / 2, 1)) + (await pages(PAGES / 2, 4));
  const used = cpuSeconds(server.pid) - before;
  await load.stop();
  await server.stop();
  if (lines !== PAGES * SIZE) throw new Error(`${PAGES} pages had ${lines} lines`);
  return (used * 1000) / PAGES;
}

export const history: Figure = {
  name: 'history',
  async measure(pairs): Promise<Line[]> {
    process.stderr.write(`history: making ${MANY.toLocaleString('en')} calls\n`);
    const many = await databaseOf(MANY, CALLS_EACH);
    const few = await databaseOf(FEW, CALLS_EACH);
    const { ours, floor, ratio } = await alternate(
      'history',
      pairs,
      () => perPage(many, MANY / CALLS_EACH),
      () => perPage(few, FEW / CALLS_EACH),
    );
    return [
      {
        figure: `history page at ${MANY.toLocaleString('en')} calls, CPU`,
        ours: `${short(ours)} ms`,
        floor: `${short(floor)} ms (at ${FEW.toLocaleString('en')})`,
        ratio,
        bar: 'at most 1.5 x',
        holds: ratio <= 1.5,
      },
    ];
  },
};
