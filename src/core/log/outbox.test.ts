import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalBus } from '../../adapters/bus/local.ts';
import { fetchPost } from '../../adapters/http-post.ts';
import { openStore } from '../../adapters/storage/open.ts';
import type { Store } from '../../ports/store.ts';
import { Outbox } from './outbox.ts';
import { GIVE_UP_MS } from './queue.ts';
import { type Receiver, startReceiver } from './receiver.fixture.ts';

const START = 1_800_000_000_000;
const HOUR = 3_600_000;

describe('the outbox', () => {
  let folder: string;
  let store: Store;
  let now: number;
  let errors: unknown[];
  let position: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-outbox-'));
    store = await openStore(`sqlite:${join(folder, 'parley.db')}`);
    now = START;
    errors = [];
    position = 0;
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
    expect(errors).toEqual([]);
  });

  const gone = new Set<string>();
  const isGone = (nodeId: string) => gone.has(nodeId);
  const outbox = (nodeId = 'node-1', http = fetchPost) => {
    const failed = (_: string, error: unknown) => errors.push(error);
    const bus = new LocalBus(failed);
    return new Outbox({ store, bus, http, clock: { now: () => now }, nodeId, isGone, failed });
  };
  const hook = async (id: string, receiver: Receiver, events = ['*']) => {
    const webhook = { id, url: receiver.url, secret: `secret-${id}`, events, cursor: position };
    const state = { attempts: 0, nextAt: 0, failingSince: null, createdAt: now };
    await store.transaction((tx) => tx.webhooks.insert({ ...webhook, ...state }));
  };
  /** Events of a subject, in the log and in the order over all. */
  const happen = async (subject: string, ...types: string[]) => {
    await store.transaction(async (tx) => {
      for (const type of types) await tx.events.appendNext(subject, type, now, { of: subject });
      position += await tx.events.sequence(1000);
    });
  };
  const state = async (id: string) => {
    const found = await store.read.webhooks.get(id);
    if (!found) throw new Error(`no webhook ${id}`);
    return found;
  };

  it('stops although an endpoint does not answer, and holds that against nobody', async () => {
    await using receiver = await startReceiver();
    receiver.answer = () => 'hang';
    await hook('slow', receiver);
    await happen('call_1', 'call.placed');
    const box = outbox();
    const delivering = box.deliver();
    await vi.waitFor(() => expect(receiver.ids).toEqual(['call_1:1']));
    const begun = performance.now();
    await box.stop();
    expect(performance.now() - begun).toBeLessThan(6000);
    await delivering;
    expect(await state('slow')).toMatchObject({ cursor: 0, attempts: 0, failingSince: null });
  });

  it('delivers what an endpoint wants, in order and signed, and remembers it', async () => {
    await using receiver = await startReceiver();
    await hook('wh', receiver, ['call.*', 'leg.joined']);
    await happen('call_1', 'call.placed', 'leg.ringing', 'leg.joined', 'call.ended');
    await happen('call_2', 'call.placed');
    await outbox().deliver();
    expect(receiver.ids).toEqual(['call_1:1', 'call_1:3', 'call_1:4', 'call_2:1']);
    for (const { event, headers, text, body } of receiver.received) {
      expect(event).toBe(body.event_type);
      expect(headers['x-event-type']).toBe(body.event_type);
      expect(headers['x-event-id']).toBe(body.event_id);
      expect(headers['x-timestamp']).toBe(String(START / 1000));
      expect(headers['x-signature']).toBe(createHmac('sha256', 'secret-wh').update(text).digest('hex'));
    }
    expect((await state('wh')).cursor).toBe(5);
    await outbox().deliver();
    expect(receiver.received).toHaveLength(4);
  });

  it('passes over hundreds of events that nobody wants, and finds the one behind them', async () => {
    await using receiver = await startReceiver();
    await hook('wh', receiver, ['call.ended']);
    await happen('call_1', ...Array.from({ length: 350 }, () => 'leg.media'), 'call.ended');
    await outbox().deliver();
    expect(receiver.ids).toEqual(['call_1:351']);
  });

  it('repeats a failed one with the same id, later and later, and nothing overtakes it', async () => {
    await using receiver = await startReceiver();
    receiver.answer = () => 500;
    await hook('wh', receiver);
    await happen('call_1', 'call.placed', 'call.ended');
    const box = outbox();
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      await box.deliver();
      const { nextAt } = await state('wh');
      waits.push(Math.floor((nextAt - now) / 1000));
      // Before its time nothing is sent.
      now = nextAt - 1;
      await box.deliver();
      now = nextAt;
    }
    expect(receiver.ids).toEqual(Array(5).fill('call_1:1'));
    expect(receiver.received.map(({ body }) => body.retry)).toEqual([0, 1, 2, 3, 4]);
    for (const [i, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(2 ** i);
      expect(wait).toBeLessThanOrEqual(Math.ceil(1.2 * 2 ** i));
    }
    receiver.answer = () => 200;
    await box.deliver();
    expect(receiver.ids.slice(5)).toEqual(['call_1:1', 'call_1:2']);
    expect(await state('wh')).toMatchObject({ attempts: 0, failingSince: null, cursor: 2 });
  });

  it('gives up what waited behind it as well, once its own 24 hours are over, and no sooner', async () => {
    await using receiver = await startReceiver();
    receiver.answer = () => 503;
    await hook('wh', receiver);
    await happen('call_1', 'call.placed');
    const box = outbox();
    await box.deliver();
    now += HOUR;
    await happen('call_2', 'call.placed');
    const deadline = START + 2 * GIVE_UP_MS;
    const buriedAt: number[] = [];
    while (buriedAt.length < 2 && now < deadline) {
      await box.deliver();
      const dead = await store.read.webhooks.dead('wh', 10);
      while (buriedAt.length < dead.length) buriedAt.push(now - START);
      now = Math.max(now + 1, (await state('wh')).nextAt);
    }
    expect(buriedAt.map((ms) => Math.floor(ms / HOUR))).toEqual([24, 25]);
  });

  it('gives an event up after its 24 hours, lists it, and goes on with the rest', async () => {
    await using receiver = await startReceiver();
    receiver.answer = ({ body }) => (body.event_id === 'call_1:1' ? 503 : 200);
    await hook('wh', receiver);
    await happen('call_1', 'call.placed', 'call.ended');
    const box = outbox();
    let last = now;
    while ((await store.read.webhooks.dead('wh', 1)).length === 0) {
      last = now;
      await box.deliver();
      now = Math.max(now, (await state('wh')).nextAt);
      expect(now - START).toBeLessThanOrEqual(GIVE_UP_MS);
    }
    // The last attempt was made when the time was over, and none was more than an hour after another.
    expect(last - START).toBe(24 * HOUR);
    const attempts = receiver.ids.filter((id) => id === 'call_1:1').length;
    expect(attempts).toBeGreaterThanOrEqual(24 + 10);
    const [dead] = await store.read.webhooks.dead('wh', 10);
    expect(dead).toEqual({
      webhookId: 'wh',
      position: 1,
      subject: 'call_1',
      seq: 1,
      type: 'call.placed',
      error: 'answered 503',
      at: START + GIVE_UP_MS,
    });
    expect(receiver.ids.at(-1)).toBe('call_1:2');
    expect(await state('wh')).toMatchObject({ attempts: 0, failingSince: null, cursor: 2 });
  });

  it('lets an endpoint that fails or hangs hold up nobody else', async () => {
    await using good = await startReceiver();
    await using bad = await startReceiver();
    await using slow = await startReceiver();
    bad.answer = () => 500;
    slow.answer = () => 'hang';
    await hook('a-slow', slow);
    await hook('b-bad', bad);
    await hook('c-good', good);
    await happen('call_1', 'call.placed', 'call.ended');
    const box = outbox();
    const whole = box.deliver();
    await vi.waitUntil(() => good.received.length === 2, { timeout: 5000 });
    expect(slow.received).toHaveLength(1);
    // What comes while one still hangs goes out to the others all the same.
    await happen('call_2', 'call.placed');
    void box.deliver();
    await vi.waitUntil(() => good.received.length === 3, { timeout: 5000 });
    expect(good.ids).toEqual(['call_1:1', 'call_1:2', 'call_2:1']);
    expect(new Set(bad.ids)).toEqual(new Set(['call_1:1']));
    slow.answer = () => 200;
    await slow[Symbol.asyncDispose]();
    await whole;
    expect((await state('a-slow')).attempts).toBe(1);
  });

  it('takes a redirect and a refused connection for failures, and says which', async () => {
    const receiver = await startReceiver();
    receiver.answer = () => 302;
    await hook('wh', receiver);
    await happen('call_1', 'call.placed');
    await outbox().deliver();
    expect(receiver.received).toHaveLength(1);
    expect((await state('wh')).attempts).toBe(1);
    await receiver[Symbol.asyncDispose]();
    now = START + GIVE_UP_MS;
    await outbox().deliver();
    expect((await store.read.webhooks.dead('wh', 1))[0]?.error).toMatch(/ECONNREFUSED/);
  });

  it('resumes where another process stopped: what was not confirmed is sent again, once more', async () => {
    await using receiver = await startReceiver();
    await hook('wh', receiver);
    await happen('call_1', 'call.placed', 'leg.joined', 'call.ended');
    // A process that dies between sending and remembering: the second event was sent, and it never came back.
    const dying = outbox('node-1', {
      async post(...request) {
        const answer = await fetchPost.post(...request);
        return receiver.received.length === 2 ? new Promise(() => undefined) : answer;
      },
    });
    void dying.deliver();
    await vi.waitUntil(() => receiver.received.length === 2, { timeout: 5000 });
    const successor = outbox('node-2');
    await successor.deliver();
    // The lease is still the other's.
    expect(receiver.received).toHaveLength(2);
    now += 30_000;
    await successor.deliver();
    expect(receiver.ids).toEqual(['call_1:1', 'call_1:2', 'call_1:2', 'call_1:3']);
  });

  it('waits for no lease of a process that is seen to be gone', async () => {
    await using receiver = await startReceiver();
    await hook('wh', receiver);
    await happen('call_1', 'call.placed');
    await outbox('node-1').deliver();
    await happen('call_1', 'call.ended');
    gone.add('node-1');
    await outbox('node-2').deliver();
    expect(receiver.ids).toEqual(['call_1:1', 'call_1:2']);
    // Who took it over is not gone.
    await happen('call_2', 'call.placed');
    await outbox('node-3').deliver();
    expect(receiver.ids).toHaveLength(2);
    gone.clear();
  });

  it('never undoes a replay that comes while something is under way', async () => {
    await using receiver = await startReceiver();
    await hook('wh', receiver);
    await happen('call_1', 'call.placed', 'call.ended');
    const box = outbox();
    await box.deliver();
    await happen('call_2', 'call.placed');
    let replayed: Promise<unknown> | undefined;
    receiver.answer = () => {
      replayed ??= store.transaction((tx) => tx.webhooks.update('wh', { cursor: 0 }));
      return 200;
    };
    const replaying = outbox('node-1', {
      async post(...request) {
        const answer = await fetchPost.post(...request);
        await replayed;
        return answer;
      },
    });
    await replaying.deliver();
    await replaying.deliver();
    expect(receiver.ids).toEqual(['call_1:1', 'call_1:2', 'call_2:1', 'call_1:1', 'call_1:2', 'call_2:1']);
  });

  it('works by itself from start to stop, as the bus tells it', async () => {
    await using receiver = await startReceiver();
    await hook('wh', receiver);
    const failed = (_: string, error: unknown) => errors.push(error);
    const bus = new LocalBus(failed);
    const clock = { now: () => Date.now() };
    const box = new Outbox({ store, bus, http: fetchPost, clock, nodeId: 'node-1', isGone, failed });
    box.start();
    await happen('call_1', 'call.placed');
    bus.publish('sequenced', { last: 1 });
    await vi.waitUntil(() => receiver.received.length === 1, { timeout: 5000 });
    await box.stop();
    await happen('call_1', 'call.ended');
    bus.publish('sequenced', { last: 2 });
    expect(receiver.received).toHaveLength(1);
    // It let go of the lease: the next one need not wait for its end.
    await outbox('node-2').deliver();
    expect(receiver.ids).toEqual(['call_1:1', 'call_1:2']);
  });
});
