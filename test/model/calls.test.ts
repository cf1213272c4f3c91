import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/storage/open.ts';
import { isLive } from '../../src/core/calls/index.ts';
import type { User } from '../../src/core/users/user.ts';
import { freshDatabase } from '../support/databases.ts';
import { checkInvariants } from './invariants.ts';
import type { Step } from './steps.ts';
import { pick, repeatable, step, take } from './steps.ts';
import { Killed, World } from './world.ts';

/** Steps in all: 20,000, in the long run 200,000. `MODEL_SEED` replays a run that failed. */
const STEPS = process.env.TEST_LONG ? 200_000 : 20_000;
/** Steps in a run: 1 to 99, 50 on average; some more runs than needed, for chance. */
const LONGEST = 99;
const RUNS = Math.ceil((STEPS / 50) * 1.15);
const SEED = process.env.MODEL_SEED === undefined ? undefined : Number(process.env.MODEL_SEED);
const PATH = process.env.MODEL_PATH;

describe('the call machine on storage, against everything', () => {
  it(`holds its invariants after each of ${STEPS} random steps`, { timeout: 1_200_000 }, async () => {
    await using database = await freshDatabase('sqlite');
    const store = await openStore(database.url);
    let taken = 0;
    let round = 0;
    const run = async (steps: Step[]) => {
      const world = new World(store, await people(store, ++round));
      for (const next of steps) {
        await once(world, next);
        taken += 1;
      }
      await wearOut(world);
    };
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: LONGEST, size: 'max' }), run),
        {
          numRuns: RUNS,
          ...(SEED === undefined ? {} : { seed: SEED }),
          ...(PATH === undefined ? {} : { path: PATH }),
        },
      );
    } finally {
      await store.close();
    }
    if (PATH === undefined) expect(taken).toBeGreaterThanOrEqual(STEPS);
  });
});

/** One step with its fault and its double, and the invariants after it. */
async function once(world: World, step: Step) {
  world.fault = step.fault;
  const known = world.ids.length;
  const callId = await pick(world, step);
  let first: string | undefined;
  try {
    first = await take(world, step, callId);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  const died = world.fault !== 'none';
  if (died) await world.restart();
  await learn(world, died);
  await checkInvariants(world);
  if (!step.twice || first === undefined || !repeatable(step) || world.ids.length !== known) return;
  const before = await world.all();
  const second = await take(world, step, callId);
  if (!first.startsWith('refused')) {
    expect(second, `${step.act} again is answered as the first time`).toBe(first);
    expect(await world.all(), `${step.act} again changes nothing`).toEqual(before);
  }
  await checkInvariants(world);
}

/** Every call ends: when everybody is gone, time alone brings each to its end (I2). */
async function wearOut(world: World) {
  world.fault = 'none';
  for (const device of [...world.sockets.keys()]) await world.disconnect(device);
  world.now += world.calls.rules.maxMs + world.calls.rules.ringMs + world.calls.rules.graceMs;
  await world.sweep();
  await checkInvariants(world);
  expect(
    (await world.all()).filter(isLive).map((call) => call.id),
    'calls that outlive their people',
  ).toEqual([]);
}

/**
 * Calls that came to be: the bus told of them, or their maker died before it could. Calls of one
 * moment have no order, so after a death all of somebody's are looked at.
 */
async function learn(world: World, died: boolean) {
  const told = world.changes.splice(0).map((change) => change.call.id);
  const found = died
    ? await Promise.all(world.users.map((user) => world.store.read.calls.history(user.id, {}, 1000, 0)))
    : [];
  for (const id of [...told, ...found.flat().map((call) => call.id)]) {
    if (!world.ids.includes(id)) world.ids.push(id);
  }
}

async function people(store: Awaited<ReturnType<typeof openStore>>, round: number): Promise<User[]> {
  const names = ['ann', 'bob', 'cid', 'dee', 'eve'].map((name) => `${name}${round}`);
  return store.transaction(async (tx) => {
    const users: User[] = [];
    for (const uid of names) {
      users.push(
        await tx.users.insert({
          uid,
          username: null,
          email: null,
          displayName: uid,
          avatarUrl: null,
          role: 'user',
          status: 'active',
          tokenVersion: 0,
          createdAt: 0,
          updatedAt: 0,
        }),
      );
    }
    return users;
  });
}
