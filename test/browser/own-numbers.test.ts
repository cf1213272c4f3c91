import type { types } from 'mediasoup';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ROOM_CODECS } from '../../src/adapters/engine/embedded/media/room-codecs.ts';
import { answerPlayer, answerPublisher, type Place } from '../media-worker/answers.ts';
import { LossyWay } from '../media-worker/lossy-way.ts';
import { buildRtp } from '../media-worker/rtp.ts';
import { startWorker, type TestWorker } from '../media-worker/worker.ts';
import { TestBrowser } from '../support/browser.ts';
import { waitFor } from '../support/wait-for.ts';

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

/** A page with nothing on it, of an origin that may use devices. */
async function open(name: string): Promise<Page> {
  const page = await browser.open(name);
  await page.route('**/*', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>media</title>' }),
  );
  await page.goto('http://localhost/');
  return page;
}

/** A page that sends a tone and a moving picture twice: as three qualities of VP8, and as H.264. */
async function publish(): Promise<types.Producer[]> {
  const page = await open('publisher');
  const offer = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 640, height: 480 },
    });
    const [audio] = stream.getAudioTracks();
    const [video] = stream.getVideoTracks();
    if (!audio || !video) throw new Error('no devices');
    const connection = new RTCPeerConnection();
    Object.assign(window, { connection });
    const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
    const prefer = (transceiver: RTCRtpTransceiver, mime: string, line = ''): void =>
      transceiver.setCodecPreferences([
        ...codecs.filter((one) => one.mimeType === mime && (one.sdpFmtpLine ?? '').includes(line)),
        ...codecs.filter((one) => one.mimeType === 'video/rtx'),
      ]);
    connection.addTransceiver(audio, { direction: 'sendonly' });
    const sendEncodings = [
      { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
      { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
      { rid: 'f', maxBitrate: 1_700_000 },
    ];
    prefer(connection.addTransceiver(video, { direction: 'sendonly', sendEncodings }), 'video/VP8');
    prefer(
      connection.addTransceiver(video.clone(), { direction: 'sendonly' }),
      'video/H264',
      'packetization-mode=1;profile-level-id=42e01f',
    );
    await connection.setLocalDescription();
    return connection.localDescription?.sdp ?? '';
  });
  const { transport, place } = await openTransport();
  const { sdp, producers } = await answerPublisher(transport, offer, place);
  await accept(page, sdp);
  return producers;
}

const accept = (page: Page, sdp: string): Promise<void> =>
  page.evaluate(async (answer) => {
    const { connection } = window as unknown as { connection: RTCPeerConnection };
    await connection.setRemoteDescription({ type: 'answer', sdp: answer });
  }, sdp);

/** A page that offers to be sent what there is, and plays it. */
async function play(kinds: ('audio' | 'video')[]): Promise<{ page: Page; offer: string }> {
  const page = await open('player');
  const offer = await page.evaluate(async (wanted) => {
    const connection = new RTCPeerConnection();
    Object.assign(window, { connection });
    connection.ontrack = ({ track }) => {
      const element = document.createElement(track.kind) as HTMLMediaElement;
      element.srcObject = new MediaStream([track]);
      element.autoplay = true;
      document.body.append(element);
    };
    for (const kind of wanted) connection.addTransceiver(kind, { direction: 'recvonly' });
    await connection.setLocalDescription();
    return connection.localDescription?.sdp ?? '';
  }, kinds);
  return { page, offer };
}

interface Inbound {
  mid: string;
  codec: string;
  payloadType: number;
  framesDecoded: number;
  frameWidth: number;
  packetsReceived: number;
  retransmittedPacketsReceived: number;
  audioEnergy: number;
}

const inbound = (page: Page): Promise<Inbound[]> =>
  page.evaluate(async () => {
    const { connection } = window as unknown as { connection: RTCPeerConnection };
    const stats = await connection.getStats();
    return [...stats.values()]
      .filter(({ type, codecId }) => type === 'inbound-rtp' && codecId)
      .map((one) => ({
        mid: one.mid,
        codec: stats.get(one.codecId).mimeType,
        payloadType: stats.get(one.codecId).payloadType,
        framesDecoded: one.framesDecoded ?? 0,
        frameWidth: one.frameWidth ?? 0,
        packetsReceived: one.packetsReceived,
        retransmittedPacketsReceived: one.retransmittedPacketsReceived ?? 0,
        audioEnergy: one.totalAudioEnergy ?? 0,
      }));
  });

test('a player that offers first hears and sees everything in its own numbers, also when packets are lost', async () => {
  const producers = await publish();
  const { page, offer } = await play(['audio', 'video', 'video']);
  const { transport, place } = await openTransport();
  way = await LossyWay.open(place);
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
