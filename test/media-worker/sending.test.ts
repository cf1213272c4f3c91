import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { types } from 'mediasoup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { OPUS, Receiver, sendTo, startSender } from './receivers.ts';
import { compileFaulty, startWorker, type TestWorker } from './worker.ts';

const RECEIVERS = 12;
/** Each receiver gets everything from two sockets of the worker. */
const SOCKETS = 2;
const ROUNDS = 60;
const BURST = 40;
/** Neighbours of one size go out as segments of one message; what is greater than an Ethernet frame goes alone. */
const LENGTHS = [1100, 1100, 1100, 300, 1440, 60, 60, 1600, 900, 900];

let folder: string;
let faulty: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-faulty-'));
  faulty = await compileFaulty(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const routerOf = ({ worker }: TestWorker): Promise<types.Router> =>
  worker.createRouter({ mediaCodecs: [{ kind: 'audio', ...OPUS, preferredPayloadType: 111 }] });

/** Sends bursts to everybody and answers with what was wrong. */
async function burst(started: TestWorker, address: string): Promise<string[]> {
  const router = await routerOf(started);
  const sender = await startSender(router);
  const receivers = await Promise.all(Array.from({ length: RECEIVERS }, () => Receiver.open(address)));
  for (const receiver of receivers)
    for (let socket = 0; socket < SOCKETS; socket++) await sendTo(router, sender.producer, receiver);
  for (let round = 0; round < ROUNDS; round++) {
    for (let packet = 0; packet < BURST; packet++) sender.send(LENGTHS[packet % LENGTHS.length] ?? 0);
    const due = sender.sent() * SOCKETS;
    await waitFor(() => receivers.every(({ received }) => received >= due), {
      reason: `all of round ${round} at ${address}`,
    });
  }
  for (const { socket } of receivers) socket.close();
  const total = receivers.reduce((sum, { received }) => sum + received, 0);
  expect(total).toBe(RECEIVERS * SOCKETS * ROUNDS * BURST);
  return receivers.flatMap(({ wrong }) => wrong);
}

const COUNTS = [
  'calls',
  'messages',
  'segmented',
  'again',
  'interrupted',
  'partial',
  'io',
  'single',
  'singleAgain',
] as const;

/** What `faulty.c` has counted. */
function readCounts(report: string): Record<(typeof COUNTS)[number], number> {
  const bytes = readFileSync(report);
  const counted = COUNTS.map((name, index) => [name, Number(bytes.readBigInt64LE(8 * index))]);
  return Object.fromEntries(counted) as Record<(typeof COUNTS)[number], number>;
}

describe('what the worker gathers and sends at once', () => {
  test.each(['127.0.0.1', '::1'])('arrives whole, in order and once (%s)', async (address) => {
    const started = await startWorker();
    expect(await burst(started, address)).toEqual([]);
    await started.close();
  });

  test.each([
    { refused: 'EAGAIN, EINTR and half-sent batches', noSegments: false },
    { refused: 'those and EIO, after which it no longer segments', noSegments: true },
  ])('arrives whole, in order and once in spite of $refused', async ({ noSegments }) => {
    const report = join(folder, `report-${noSegments}`);
    const env: Record<string, string> = { FAULTY_REPORT: report };
    if (noSegments) env.FAULTY_EIO = '1';
    const started = await startWorker({ library: faulty, env });
    expect(await burst(started, '127.0.0.1')).toEqual([]);
    await started.close();
    const counts = readCounts(report);
    for (const fault of ['again', 'interrupted', 'partial', 'segmented', 'singleAgain'] as const)
      expect(counts[fault], fault).toBeGreaterThan(0);
    // At most the rest of one batch (64 messages) meets it: then nothing is segmented any more.
    expect(counts.io).toBeGreaterThanOrEqual(noSegments ? 1 : 0);
    expect(counts.io).toBeLessThanOrEqual(noSegments ? 64 : 0);
  });
});

describe('closing while datagrams wait', () => {
  test('sends what waits, and the other transports go on', async () => {
    const started = await startWorker();
    const router = await routerOf(started);
    const sender = await startSender(router);
    const [leaving, staying] = [await Receiver.open('127.0.0.1'), await Receiver.open('127.0.0.1')];
    const closing = await sendTo(router, sender.producer, leaving);
    await sendTo(router, sender.producer, staying);
    for (let packet = 0; packet < BURST; packet++) sender.send(500);
    closing.close();
    for (let packet = 0; packet < BURST; packet++) sender.send(500);
    await waitFor(() => staying.received >= 2 * BURST, { reason: 'everything where nobody closed' });
    await waitFor(() => leaving.received >= BURST, { reason: 'what was sent before it closed' });
    expect([leaving.received, staying.received]).toEqual([BURST, 2 * BURST]);
    expect([...leaving.wrong, ...staying.wrong]).toEqual([]);
    for (const { socket } of [leaving, staying]) socket.close();
    await started.close();
  });

  test('of the last socket there is, again and again', async () => {
    const started = await startWorker();
    const router = await routerOf(started);
    const sender = await startSender(router);
    const receiver = await Receiver.open('127.0.0.1');
    for (let round = 0; round < 20; round++) {
      const before = receiver.received;
      const only = await sendTo(router, sender.producer, receiver);
      for (let packet = 0; packet < BURST; packet++) sender.send(500);
      only.close();
      await waitFor(() => receiver.received >= before + BURST, { reason: `what waited in round ${round}` });
    }
    receiver.socket.close();
    await started.close();
  });

  test('survives when the kernel takes nothing', async () => {
    const report = join(folder, 'report-closing');
    const started = await startWorker({ library: faulty, env: { FAULTY_REPORT: report } });
    const router = await routerOf(started);
    const sender = await startSender(router);
    const [leaving, staying] = [await Receiver.open('127.0.0.1'), await Receiver.open('127.0.0.1')];
    await sendTo(router, sender.producer, staying);
    for (let round = 0; round < 40; round++) {
      const closing = await sendTo(router, sender.producer, leaving);
      for (let packet = 0; packet < BURST; packet++) sender.send(1000);
      closing.close();
      await waitFor(() => staying.received >= sender.sent(), {
        reason: `round ${round} where nobody closed`,
      });
    }
    expect(staying.wrong).toEqual([]);
    for (const { socket } of [leaving, staying]) socket.close();
    await started.close();
    expect(readCounts(report).again).toBeGreaterThan(0);
  });
});
