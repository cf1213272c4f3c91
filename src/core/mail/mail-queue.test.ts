import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalBus } from '../../adapters/bus/local.ts';
import { openStore } from '../../adapters/storage/open.ts';
import type { Letter, Sent } from '../../ports/mail.ts';
import type { Store } from '../../ports/store.ts';
import { MailQueue, Seal } from './index.ts';

const HOUR = 3_600_000;
const SECRET = 'the secret of this server';
const letter = (to: string): Letter => ({ to, subject: 'Hello', text: `a secret link for ${to}` });

let folder: string;
let store: Store;
let now: number;
/** What the mail server does with each letter. */
let server: (letter: Letter, id: string) => Promise<Sent>;
let failures: string[];
const taken: { to: string; id: string }[] = [];
const take = async ({ to }: Letter, id: string): Promise<Sent> => {
  taken.push({ to, id });
  return { taken: true };
};
const broken = () => Promise.reject(new Error('connection refused'));

function node(secret = SECRET) {
  return new MailQueue({
    store,
    bus: new LocalBus((_, error) => failures.push(String(error))),
    clock: { now: () => now },
    mail: { send: (...given) => server(...given), close: async () => {} },
    seal: new Seal(secret),
    failed: (what, error) => failures.push(`${what}: ${error instanceof Error ? error.message : error}`),
  });
}
const put = (queue: MailQueue, to: string, keptMs?: number) =>
  store.transaction((tx) => queue.put(tx, [letter(to)], keptMs));
const waiting = () => store.read.mails.count();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-mails-'));
  store = await openStore(`sqlite:${join(folder, 'parley.db')}`);
  now = Date.UTC(2026, 0, 1);
  server = take;
  failures = [];
  taken.length = 0;
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('letters', () => {
  it('go out after the commit, once, and leave nothing behind', async () => {
    const queue = node();
    await put(queue, 'ann@example.com');
    expect(taken).toEqual([]);
    await queue.send();
    await queue.send();
    expect(taken).toEqual([{ to: 'ann@example.com', id: expect.stringMatching(/^mail_/) }]);
    expect([await waiting(), failures]).toEqual([0, []]);
  });

  it('are not there when their transaction is not', async () => {
    const queue = node();
    const undone = store.transaction(async (tx) => {
      await queue.put(tx, [letter('ann@example.com')]);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await waiting()).toBe(0);
  });

  it('are sent as soon as they are committed, by a process that has begun', async () => {
    const sent = new Promise<void>((resolve) => {
      server = async (...given) => {
        resolve();
        return take(...given);
      };
    });
    const queue = node();
    queue.start();
    await put(queue, 'ann@example.com');
    queue.wake();
    await sent;
    await queue.stop();
    expect([taken.length, await waiting()]).toEqual([1, 0]);
  });

  it('are tried again with growing waits, and given up after a day with a line in the log', async () => {
    const queue = node();
    server = broken;
    await put(queue, 'ann@example.com');
    const begun = now;
    const tries: number[] = [];
    server = () => {
      tries.push(now - begun);
      return broken();
    };
    for (;;) {
      const [mail] = await store.read.mails.due(Number.MAX_SAFE_INTEGER, 1);
      if (!mail) break;
      now = mail.nextAt;
      await queue.send();
    }
    expect(tries.length).toBeGreaterThan(20);
    expect(tries.length).toBeLessThan(60);
    const waits = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    expect(waits.slice(0, 3).every((wait) => wait <= 6000)).toBe(true);
    expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR + 1000);
    expect(tries.at(-1)).toBeGreaterThan(22 * HOUR);
    expect(tries.at(-1)).toBeLessThan(24 * HOUR);
    expect(failures.at(-1)).toMatch(/^send mail_\w+, and has given it up: connection refused$/);
    expect(failures.join()).not.toContain('secret');
  });

  it('are given up when what they tell is of no use any more, also after a long stop', async () => {
    const queue = node();
    await put(queue, 'ann@example.com', 30 * 60_000);
    now += 30 * 60_000;
    await queue.send();
    expect([taken, await waiting()]).toEqual([[], 0]);
    expect(failures).toEqual([expect.stringContaining('its time is over')]);
  });

  it('that nobody will ever take are given up at once; others go on', async () => {
    const queue = node();
    server = async (given, id) =>
      given.to.startsWith('no') ? { taken: false, why: 'answered 550' } : take(given, id);
    await put(queue, 'nobody@example.com');
    await put(queue, 'ann@example.com');
    await queue.send();
    expect(taken.map(({ to }) => to)).toEqual(['ann@example.com']);
    expect([await waiting(), failures]).toEqual([0, [expect.stringContaining('answered 550')]]);
  });

  it('go out at least once: of a process that was killed in the middle, by the next one, under the same id', async () => {
    const first = node();
    let came: string | undefined;
    server = (_, id) => {
      came = id;
      // Killed before the answer came.
      return new Promise(() => {});
    };
    await put(first, 'ann@example.com');
    void first.send();
    await expect.poll(() => came).toBeDefined();
    server = take;
    const second = node();
    await second.send();
    expect(taken).toEqual([]);
    now += 120_000;
    await second.send();
    expect(taken).toEqual([{ to: 'ann@example.com', id: came }]);
    expect(await waiting()).toBe(0);
  });

  it('are each sent by one of several processes that look at once', async () => {
    const nodes = [node(), node(), node()];
    for (let i = 0; i < 10; i++) await put(nodes[0] as MailQueue, `p${i}@example.com`);
    await Promise.all(nodes.map((each) => each.send()));
    expect(taken.map(({ to }) => to).sort()).toEqual(
      Array.from({ length: 10 }, (_, i) => `p${i}@example.com`),
    );
  });

  it('are sealed: what waits says nothing to who reads the database, and opens for this server alone', async () => {
    const queue = node();
    await put(queue, 'ann@example.com');
    const [mail] = await store.read.mails.due(now, 10);
    expect(Buffer.from(mail?.sealed ?? '', 'base64').toString('latin1')).not.toMatch(/ann|secret|Hello/);
    expect(() => new Seal(SECRET).open('mail_other', mail?.sealed ?? '')).toThrow();
    await node('another secret').send();
    expect([taken, await waiting()]).toEqual([[], 0]);
    expect(failures).toEqual([expect.stringContaining('another secret')]);
  });
});
