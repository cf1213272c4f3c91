import type { types } from 'mediasoup';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ROOM_CODECS } from '../../src/adapters/engine/embedded/media/room-codecs.ts';
import { answerPlayer } from '../media-worker/answers.ts';
import { type NarrowWay, openNarrowWay } from '../media-worker/narrow-way.ts';
import { sendQualities } from '../media-worker/three-qualities.ts';
import { startWorker, type TestWorker } from '../media-worker/worker.ts';
import { TestBrowser } from '../support/browser.ts';
import { waitFor } from '../support/wait-for.ts';
import { accept, offerToPlay, openPlain } from './worker-pages.ts';

const QUALITIES = [150_000, 500_000, 1_700_000];
/** Bits a second that carry the quality of this number and not the next. */
const WAYS = [320_000, 1_000_000, 6_000_000];
const PATIENCE_MS = 60_000;

let browser: TestBrowser;
let started: TestWorker | undefined;
let way: NarrowWay | undefined;
let stop: (() => void) | undefined;

beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(() => browser.close());
afterEach(async (context) => {
  await browser.endTest(context);
  stop?.();
  way?.close();
  await started?.close();
});

test('whoever watches gets the quality that their way carries, and another one when it changes, also where it is long and loses some', async () => {
  started = await startWorker();
  const router = await started.worker.createRouter({ mediaCodecs: ROOM_CODECS });
  const sender = await sendQualities(router, QUALITIES);
  stop = sender.stop;
  await waitFor(
    async () =>
      (await sentBy(sender.producer)).every((rate, quality) => rate > 0.9 * (QUALITIES[quality] ?? 0)),
    {
      reason: 'every quality measured as what it is',
    },
  );

  const page = await openPlain(browser, 'player');
  const transport = await router.createWebRtcTransport({
    listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
  });
  const place = { ip: '127.0.0.1', port: transport.iceCandidates[0]?.port ?? 0 };
  way = await openNarrowWay(place, { bitsPerSecond: 1_000_000, loss: 0.01, oneWayMs: 40 });
  const { sdp, consumers } = await answerPlayer(transport, await offerToPlay(page, ['video']), way.place, [
    sender.producer,
  ]);
  await accept(page, sdp);
  const [consumer] = consumers;
  if (!consumer) throw new Error('nothing is consumed');
  await consumer.resume();

  for (const quality of [1, 2, 0, 1]) {
    const bitsPerSecond = WAYS[quality] ?? 0;
    way.bitsPerSecond = bitsPerSecond;
    await waitFor(() => consumer.currentLayers?.spatialLayer === quality, {
      reason: `quality ${quality} on a way of ${bitsPerSecond} bit/s`,
      timeoutMs: PATIENCE_MS,
    });
  }
  expect(await bitrateOf(transport)).toBeLessThan(2 * (WAYS[1] ?? 0));
});

const bitrateOf = async (transport: types.WebRtcTransport): Promise<number | undefined> =>
  (await transport.getStats())[0]?.availableOutgoingBitrate;

const sentBy = async (producer: types.Producer): Promise<number[]> =>
  (await producer.getStats()).toSorted((one, other) => one.ssrc - other.ssrc).map(({ bitrate }) => bitrate);
