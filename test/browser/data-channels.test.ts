import { readFileSync } from 'node:fs';
import type { types } from 'mediasoup';
import { createWorker } from 'mediasoup';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { workerBin } from '../../src/adapters/engine/embedded/worker-bin.ts';
import {
  answeredBy,
  type DataConnection,
  type Heard,
  offeredBy,
  openData,
  type Shared,
} from '../media/data-connection.ts';
import { TestBrowser } from '../support/browser.ts';
import { waitFor } from '../support/wait-for.ts';

const program = workerBin(process.env.MEDIASOUP_WORKER_BIN);
const holdsData = program && readFileSync(program.path).includes('worker-feature:receive-credit');

let browser: TestBrowser;
let worker: types.Worker;
let router: types.Router;

beforeAll(async () => {
  if (!program) throw new Error('there is no media worker: npm run build:worker');
  worker = await createWorker({ logLevel: 'error', workerBin: program.path });
  router = await worker.createRouter();
  browser = await TestBrowser.launch();
});
afterEach((context) => browser.endTest(context));
afterAll(async () => {
  await browser?.close();
  worker?.close();
});

/** A page that has opened these channels, and what of it arrives. */
async function sender(...labels: string[]): Promise<{ page: Page; heard: Heard[]; up: DataConnection }> {
  const page = await browser.open('sender');
  const heard: Heard[] = [];
  const up = await openData(router, {
    role: 'publisher',
    received: (label, payload, text) => heard.push({ label, payload, text }),
  });
  await offeredBy(page, up, labels);
  await page.evaluate(async () => {
    const { channels } = globalThis as unknown as Shared;
    for (const channel of Object.values(channels)) {
      if (channel.readyState !== 'open') await new Promise((open) => (channel.onopen = open));
    }
  });
  return { page, heard, up };
}

async function receiver(): Promise<{ page: Page; down: DataConnection }> {
  const page = await browser.open('receiver');
  const down = await openData(router, { role: 'subscriber' });
  await answeredBy(page, down);
  await waitFor(() => ['_reliable', '_lossy', '_data_track'].every(down.link.open), {
    reason: 'the channels that the server opens',
  });
  return { page, down };
}

const gotBy = (page: Page, label: string) =>
  page.evaluate((name) => (globalThis as unknown as Shared).got[name] ?? [], label);

describe('channels that a browser opens', () => {
  it('are known by their labels, in whichever order they come', async () => {
    const labels = ['_data_track', 'its own', '_reliable', '_lossy'];
    const { page, heard, up } = await sender(...labels);
    await page.evaluate(() => {
      const { channels } = globalThis as unknown as Shared;
      for (const [label, channel] of Object.entries(channels)) channel.send(`on ${label}`);
    });
    await waitFor(() => heard.length === labels.length, { reason: 'one message on each' });
    expect(heard.map(({ label, payload }) => [label, payload.toString()]).sort()).toEqual(
      labels.map((label) => [label, `on ${label}`]).sort(),
    );
    up.transport.close();
  });

  it('carry text and bytes, and nothing at all', async () => {
    const { page, heard, up } = await sender('own');
    await page.evaluate(() => {
      const { own } = (globalThis as unknown as Shared).channels;
      own?.send('text');
      own?.send(new Uint8Array([1, 2, 3]));
      own?.send('');
      own?.send(new Uint8Array(0));
      own?.send(new Uint8Array(200_000).fill(7));
    });
    await waitFor(() => heard.length === 5, { reason: 'all five' });
    expect(heard.map(({ payload, text }) => [payload.length, text])).toEqual([
      [4, true],
      [3, false],
      [0, true],
      [0, false],
      [200_000, false],
    ]);
    expect(heard[4]?.payload.every((byte) => byte === 7)).toBe(true);
    up.transport.close();
  });

  it('may be many, one after the other, and be closed', async () => {
    const { page, heard, up } = await sender('own');
    for (let i = 0; i < 20; i++) {
      await page.evaluate(async (n) => {
        const channel = (globalThis as unknown as Shared).connection.createDataChannel(`more ${n}`);
        await new Promise((open) => (channel.onopen = open));
        channel.send('x');
      }, i);
      await waitFor(() => heard.at(-1)?.label === `more ${i}`, { reason: `channel ${i}` });
    }
    const closed = await page.evaluate(async () => {
      const { own } = (globalThis as unknown as Shared).channels;
      own?.close();
      await new Promise((close) => own?.addEventListener('close', close));
      return own?.readyState;
    });
    expect(closed).toBe('closed');
    up.transport.close();
  });
});

describe('channels that the server opens', () => {
  it("are LiveKit's three, with odd numbers, two of them lossy", async () => {
    const { page, down } = await receiver();
    const channels = await page.evaluate(() =>
      Object.values((globalThis as unknown as Shared).channels).map(
        ({ label, id, ordered, maxRetransmits }) => ({ label, id, ordered, maxRetransmits }),
      ),
    );
    expect(channels).toEqual([
      { label: '_reliable', id: 1, ordered: true, maxRetransmits: null },
      { label: '_lossy', id: 3, ordered: false, maxRetransmits: 0 },
      { label: '_data_track', id: 5, ordered: false, maxRetransmits: 0 },
    ]);
    for (const label of ['_reliable', '_lossy', '_data_track']) {
      expect(down.link.send(label, Buffer.from(`on ${label}`))).toBe(true);
      await waitFor(async () => (await gotBy(page, label)).length === 1, { reason: label });
    }
    expect(down.link.send('other', Buffer.from('x'))).toBe(false);
    down.transport.close();
    expect(down.link.send('_reliable', Buffer.from('x'))).toBe(false);
  });

  it('lose nothing on the reliable one, however much is sent', async () => {
    const { page, down } = await receiver();
    const total = 1000;
    for (let i = 0; i < total; i++) {
      const message = Buffer.alloc(i % 10 === 0 ? 64_000 : 100, ' ');
      message.write(`${i}`);
      const sent = down.link.send('_reliable', message);
      expect(await sent).toBe(true);
    }
    await waitFor(async () => (await gotBy(page, '_reliable')).length === total, {
      reason: 'all of it',
      timeoutMs: 30_000,
    });
    const numbers = (await gotBy(page, '_reliable')).map((text) => Number(text.slice(0, 10)));
    expect(numbers).toEqual(Array.from({ length: total }, (_, i) => i));
    down.transport.close();
  });
});

describe('a browser that is made to wait', () => {
  // Only our worker can: what mediasoup has received, it has acknowledged.
  it.runIf(holdsData)('keeps its messages, and sends them in order afterwards', async () => {
    const { page, heard, up } = await sender('_reliable');
    up.link.hold(true);
    const total = 3000;
    await page.evaluate((count) => {
      const { _reliable: channel } = (globalThis as unknown as Shared).channels;
      for (let i = 0; i < count; i++) {
        const message = new Uint8Array(1000);
        new DataView(message.buffer).setUint32(0, i);
        channel?.send(message);
      }
    }, total);
    const waiting = () =>
      page.evaluate(() => (globalThis as unknown as Shared).channels._reliable?.bufferedAmount ?? 0);
    let before = -1;
    const kept = await waitFor(
      async () => {
        const now = await waiting();
        const same = now === before && now;
        before = now;
        return same;
      },
      { reason: 'the browser to stop', everyMs: 300 },
    );
    // All but what fits into the receive window, and what came before it was told to wait.
    expect(kept).toBeGreaterThan(2_000_000);
    expect(heard.length).toBeLessThan(500);
    up.link.hold(false);
    await waitFor(() => heard.length === total, { reason: 'the rest' });
    expect(heard.map(({ payload }) => payload.readUInt32BE(0))).toEqual(
      Array.from({ length: total }, (_, i) => i),
    );
    up.transport.close();
  });
});
