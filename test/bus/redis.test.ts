import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { busContract } from '../../src/adapters/bus/bus.contract.ts';
import { LocalBus } from '../../src/adapters/bus/local.ts';
import { RedisBus } from '../../src/adapters/bus/redis.ts';
import { redisUrl } from '../support/databases.ts';
import { startRedis } from '../support/redis.ts';
import { waitFor } from '../support/wait-for.ts';

async function open(url = redisUrl(), options: { keptMs?: number } = {}) {
  const failures: string[] = [];
  const local = new LocalBus((topic) => failures.push(topic));
  const bus = new RedisBus({ url, local, failed: (what) => failures.push(what), ...options });
  await waitFor(() => bus.ping().then(() => true), { reason: 'the bus to reach Redis' });
  const heard: number[] = [];
  bus.subscribe('sequenced', ({ last }) => heard.push(last));
  return { bus, failures, heard };
}

busContract(() => open());

describe('two nodes on one Redis', () => {
  it('hear each other once and in order, themselves at once', async () => {
    const [here, there] = [await open(), await open()];
    const numbers = Array.from({ length: 1000 }, (_, i) => i);
    for (const last of numbers) here.bus.publish('sequenced', { last });
    expect(here.heard).toEqual(numbers);
    there.bus.publish('sequenced', { last: -1 });
    await waitFor(() => there.heard.length >= 1001 && here.heard.length >= 1001, {
      reason: 'every message to arrive on both nodes',
    });
    expect(here.heard).toEqual([...numbers, -1]);
    expect(there.heard.filter((last) => last >= 0)).toEqual(numbers);
    await here.bus.close();
    await there.bus.close();
  });

  it('carry a message of any words unchanged', async () => {
    const [here, there] = [await open(), await open()];
    const frames: unknown[] = [];
    there.bus.subscribe('frame', (frame) => frames.push(frame));
    const frame = { userId: 7, text: '{"sdp":"v=0\\r\\n🦊 \\u0000"}', except: 'phone' };
    here.bus.publish('frame', frame);
    await waitFor(() => frames.length > 0, { reason: 'the frame to arrive' });
    expect(frames).toEqual([frame]);
    await here.bus.close();
    await there.bus.close();
  });

  it('leave nothing in Redis for long: neither while they speak nor when they are silent', async () => {
    const server = await startRedis();
    const { bus } = await open(server.url, { keptMs: 500 });
    const admin = new Redis(server.url);
    const kept = () => admin.xlen('parley:bus');
    bus.publish('sequenced', { last: 0 });
    const first = await waitFor(async () => (await admin.xrange('parley:bus', '-', '+'))[0]?.[0], {
      reason: 'the first message to be in Redis',
    });
    await waitFor(
      async () => {
        bus.publish('sequenced', { last: 1 });
        const [oldest] = await admin.xrange('parley:bus', '-', '+', 'COUNT', 1);
        return oldest !== undefined && oldest[0] !== first;
      },
      { reason: 'the first message to go while others come' },
    );
    await waitFor(async () => (await kept()) === 0, { reason: 'everything to go in silence' });
    admin.disconnect();
    await bus.close();
    await server.stop();
  });

  it('lose nothing while their connections are cut', async () => {
    const [here, there] = [await open(), await open()];
    const admin = new Redis(redisUrl());
    const numbers = Array.from({ length: 200 }, (_, i) => i);
    for (const last of numbers) {
      here.bus.publish('sequenced', { last });
      if (last % 50 === 25) await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    }
    await waitFor(() => there.heard.length >= 200, { reason: 'everything to arrive on the other node' });
    expect(there.heard).toEqual(numbers);
    admin.disconnect();
    await here.bus.close();
    await there.bus.close();
  });
});

describe('a Redis that goes away', () => {
  it('delays what other nodes hear; the node itself goes on, and says so when asked', async () => {
    const server = await startRedis();
    const [here, there] = [await open(server.url), await open(server.url)];
    const admin = new Redis(server.url);
    // A server that stands still: nothing is answered, nothing is refused.
    await admin.client('PAUSE', 600, 'ALL');
    for (let last = 0; last < 10; last++) here.bus.publish('sequenced', { last });
    expect(here.heard).toHaveLength(10);
    await waitFor(() => there.heard.length === 10, { reason: 'the messages to arrive after the pause' });
    admin.disconnect();
    await server.stop();

    await waitFor(() => here.failures.length > 0, { reason: 'the node to notice' });
    here.bus.publish('sequenced', { last: 10 });
    expect(here.heard).toHaveLength(11);
    await expect(here.bus.ping()).rejects.toMatchObject({ code: 'unavailable', key: 'bus' });
    await here.bus.close();

    await there.bus.close();

    expect(here.failures).toEqual(['reach Redis']);
  });
});
