import type { types } from 'mediasoup';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ROOM_CODECS } from '../../src/adapters/engine/embedded/media/room-codecs.ts';
import { answerPlayer, answerPublisher, type Place } from '../media-worker/answers.ts';
import { type LossyWay, openLossyWay } from '../media-worker/lossy-way.ts';
import { buildRtp } from '../media-worker/rtp.ts';
import { startWorker, type TestWorker } from '../media-worker/worker.ts';
import { TestBrowser } from '../support/browser.ts';
import { waitFor } from '../support/wait-for.ts';
import { accept, inbound, offerToPlay, offerToSend, openPlain } from './worker-pages.ts';

/** What the worker takes the way to carry before it knows. */
const START_BITRATE = 200_000;

let browser: TestBrowser;
let started: TestWorker;
let router: types.Router;
let way: LossyWay | undefined;
let sending: NodeJS.Timeout | undefined;

beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  started = await startWorker();
  router = await started.worker.createRouter({ mediaCodecs: ROOM_CODECS });
});
afterEach(async (context) => {
  await browser.endTest(context);
  clearInterval(sending);
  way?.close();
  way = undefined;
  await started.close();
});

async function openTransport(): Promise<{ transport: types.WebRtcTransport; place: Place }> {
  const transport = await router.createWebRtcTransport({
    listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
    initialAvailableOutgoingBitrate: START_BITRATE,
  });
  const port = transport.iceCandidates[0]?.port ?? 0;
  return { transport, place: { ip: '127.0.0.1', port } };
}

/** A page that sends a tone and a moving picture twice: as three qualities of VP8, and as H.264. */
async function publish(): Promise<types.Producer[]> {
  const page = await openPlain(browser, 'publisher');
  const offer = await offerToSend(page, ['tone', 'qualities', 'h264']);
  const { transport, place } = await openTransport();
  const { sdp, producers } = await answerPublisher(transport, offer, place);
  await accept(page, sdp);
  return producers;
}

async function play(kinds: types.MediaKind[]): Promise<{ page: Page; offer: string }> {
  const page = await openPlain(browser, 'player');
  return { page, offer: await offerToPlay(page, kinds) };
}

test('a player that offers first hears and sees everything in its own numbers, also when packets are lost', async () => {
  const producers = await publish();
  const { page, offer } = await play(['audio', 'video', 'video']);
  const { transport, place } = await openTransport();
  way = await openLossyWay(place);
  const { sdp, consumers } = await answerPlayer(transport, offer, way.place, producers);
  await accept(page, sdp);
  await Promise.all(consumers.map((consumer) => consumer.resume()));

  const playing = await waitFor(
    async () => {
      const [audio, vp8, h264] = (await inbound(page)).toSorted((one, other) =>
        one.mid.localeCompare(other.mid),
      );
      const good =
        audio && vp8 && h264 && audio.audioEnergy > 0 && vp8.framesDecoded > 10 && h264.framesDecoded > 10;
      return good && { audio, vp8, h264 };
    },
    { reason: 'sound and two pictures', timeoutMs: 30_000 },
  );
  expect([playing.audio.codec, playing.vp8.codec, playing.h264.codec]).toEqual([
    'audio/opus',
    'video/VP8',
    'video/H264',
  ]);
  // By other numbers than the router's, of which the worker sends none.
  const numbers = [playing.audio, playing.vp8, playing.h264].map(({ payloadType }) => payloadType);
  const routers = consumers.map(({ rtpParameters }) => rtpParameters.codecs[0]?.payloadType);
  for (const [index, number] of numbers.entries()) expect(number).not.toBe(routers[index]);

  way.everyNth = 20;
  const before = await inbound(page);
  await waitFor(
    async () => {
      const now = await inbound(page);
      return now.every(({ mid, codec, framesDecoded, retransmittedPacketsReceived, audioEnergy }) => {
        const then = before.find((one) => one.mid === mid);
        return codec === 'audio/opus'
          ? audioEnergy > (then?.audioEnergy ?? 0)
          : framesDecoded > (then?.framesDecoded ?? 0) + 15 && retransmittedPacketsReceived > 2;
      });
    },
    { reason: 'pictures going on while packets are lost and sent again', timeoutMs: 60_000 },
  );
  expect(way.lost).toBeGreaterThan(0);
});

test('what the way to a player carries is found out, in its own numbers', async () => {
  const producer = await sendMegabit();
  const { page, offer } = await play(['video']);
  const { transport, place } = await openTransport();
  const { sdp, consumers } = await answerPlayer(transport, offer, place, [producer]);
  await accept(page, sdp);
  await Promise.all(consumers.map((consumer) => consumer.resume()));
  await waitFor(
    async () => ((await transport.getStats())[0]?.availableOutgoingBitrate ?? 0) > 2 * START_BITRATE,
    { reason: 'an estimate twice as high as the one to begin with', timeoutMs: 60_000 },
  );
  expect((await transport.getStats())[0]?.probationBytesSent).toBeGreaterThan(0);

  // The transport goes while its datagrams wait and want to tell it when they were sent.
  transport.close();
  expect((await started.worker.dump()).routerIds).toEqual([router.id]);
});

/** Packets that look like VP8, about a megabit a second, so that there is something to make room for. */
async function sendMegabit(): Promise<types.Producer> {
  const direct = await router.createDirectTransport();
  const producer = await direct.produce({
    kind: 'video',
    rtpParameters: {
      codecs: [{ mimeType: 'video/VP8', payloadType: 100, clockRate: 90_000 }],
      encodings: [{ ssrc: 1 }],
      rtcp: { cname: 'sender' },
    },
  });
  const began = performance.now();
  let sent = 0;
  sending = setInterval(() => {
    for (const due = (performance.now() - began) / 10; sent < due; sent++)
      producer.send(
        buildRtp({
          payloadType: 100,
          marker: true,
          seq: sent & 0xffff,
          timestamp: sent * 900,
          ssrc: 1,
          extensions: new Map(),
          payload: Buffer.concat([Buffer.from([0x10, 0]), Buffer.alloc(1200)]),
        }),
      );
  }, 10);
  return producer;
}
