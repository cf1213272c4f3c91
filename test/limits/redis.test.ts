import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countersContract } from '../../src/adapters/counters/counters.contract.ts';
import { MemoryCounters } from '../../src/adapters/counters/memory.ts';
import { RedisCounters } from '../../src/adapters/counters/redis.ts';
import { startRedis } from '../support/redis.ts';
import { api, startTestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = { limit: 3, windowMs: 60_000 };

let server: Awaited<ReturnType<typeof startRedis>>;
let admin: Redis;
beforeAll(async () => {
  server = await startRedis();
  admin = new Redis(server.url);
});
beforeEach(() => admin.flushall());
afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

/** Counters of one node, when they have reached Redis. */
async function open(start = START, url = server.url) {
  let now = start;
  const clock = { now: () => now };
  const local = new MemoryCounters({ clock });
  const failures: string[] = [];
  const counters = new RedisCounters({ url, clock, local, failed: (what) => failures.push(what) });
  await waitFor(
    async () => {
      await local.forget('knock');
      await counters.hit('knock', MINUTE);
      return local.size === 0;
    },
    { reason: 'Redis to count' },
  );
  await counters.forget('knock');
  return {
    counters,
    failures,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

countersContract(open);

describe('counters in Redis', () => {
  it('are one for all nodes', async () => {
    const [here, there] = [await open(), await open()];
    await here.counters.hit('a', MINUTE);
    await there.counters.hit('a', MINUTE);
    expect(await here.counters.hit('a', MINUTE)).toMatchObject({ count: 3, room: true });
    expect(await there.counters.hit('a', MINUTE)).toMatchObject({ count: 3, room: false });
    await here.counters.close();
    await there.counters.close();
  });

  it('go by themselves when their window is over', async () => {
    const { counters } = await open();
    await counters.hit('a', { limit: 1, windowMs: 50 });
    expect(await admin.keys('*')).toEqual(['parley:count:a']);
    await waitFor(async () => (await admin.dbsize()) === 0, { reason: 'Redis to forget' });
    await counters.close();
  });

  it('outlive a script cache that is emptied', async () => {
    const { counters } = await open();
    await counters.hit('a', MINUTE);
    await admin.script('FLUSH');
    expect(await counters.hit('a', MINUTE)).toMatchObject({ count: 2 });
    await counters.close();
  });
});

describe('a Redis that does not answer', () => {
  it('is stood in for by the node itself, which says so once, and asks it again later', async () => {
    const { counters, failures } = await open();
    await counters.hit('a', MINUTE);
    // Nothing is answered, nothing is refused.
    await admin.client('PAUSE', 900, 'ALL');
    for (const count of [1, 2, 3]) {
      expect(await counters.hit('a', MINUTE)).toMatchObject({ count, room: true });
    }
    expect(await counters.hit('a', MINUTE)).toMatchObject({ count: 3, room: false });
    expect(failures).toEqual(['count requests in Redis, and counts on this node alone']);
    await waitFor(async () => (await counters.look('a', MINUTE)).count < 3, { reason: 'Redis to be asked' });
    expect(failures).toHaveLength(1);
    await counters.close();
  });

  it('may be gone for good', async () => {
    const other = await startRedis();
    const { counters, failures } = await open(START, other.url);
    await other.stop();
    await waitFor(() => failures.length > 0, { reason: 'the node to notice' });
    for (const count of [1, 2, 3]) expect(await counters.hit('a', MINUTE)).toMatchObject({ count });
    expect((await counters.hit('a', MINUTE)).room).toBe(false);
    await counters.giveBack('a');
    expect((await counters.hit('a', MINUTE)).room).toBe(true);
    await counters.forget('a');
    expect((await counters.look('a', MINUTE)).count).toBe(0);
    expect(failures).toHaveLength(1);
    await counters.close();
  });
});

it('servers that are joined by Redis count together there', async () => {
  const settings = { rateLimits: true, redisUrl: server.url };
  const nodes = await Promise.all([startTestServer(settings), startTestServer(settings)]);
  const ask = async (i: number) =>
    (await api(nodes[i % 2] as { url: string }, 'POST', '/api/v1/auth/login', { body: {} })).status;
  await waitFor(
    async () => {
      await ask(0);
      await ask(1);
      return (await admin.llen('parley:count:POST /api/v1/auth/login 127.0.0.1')) > 0;
    },
    { reason: 'Redis to count' },
  );
  await admin.flushall();
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) statuses.push(await ask(i));
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  await Promise.all(nodes.map((node) => node.close()));
});
