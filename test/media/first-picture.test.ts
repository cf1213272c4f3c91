import { createWorker, type types } from 'mediasoup';
import { expect, onTestFinished, test } from 'vitest';
import { ConsumedDownlink } from '../../src/adapters/engine/embedded/media/downlink.ts';
import type { Place } from '../../src/adapters/engine/embedded/media/place.ts';
import { ROOM_CODECS } from '../../src/adapters/engine/embedded/media/room-codecs.ts';
import { consume } from '../../src/adapters/engine/embedded/media/sending.ts';
import { ProducedSource } from '../../src/adapters/engine/embedded/media/source.ts';
import { SET_UP_WORKER } from '../support/media-worker.ts';
import { waitFor } from '../support/wait-for.ts';

const SSRC = 1234;
const VP8 = { mimeType: 'video/VP8', payloadType: 100, clockRate: 90_000 };
const FRAME_MS = 20;

/** A publisher whose pictures build on each other; it hears of key frames as RTCP tells it. */
async function publisher(router: types.Router) {
  const transport = await router.createDirectTransport();
  const feedback = [{ type: 'nack', parameter: 'pli' }];
  const producer = await transport.produce({
    kind: 'video',
    rtpParameters: { codecs: [{ ...VP8, rtcpFeedback: feedback }], encodings: [{ ssrc: SSRC }] },
  });
  let number = 0;
  const send = (key: boolean) => {
    number++;
    const packet = Buffer.alloc(12 + 11);
    packet.writeUInt16BE(0x80_80 | VP8.payloadType);
    packet.writeUInt16BE(number, 2);
    packet.writeUInt32BE(number * 1800, 4);
    packet.writeUInt32BE(SSRC, 8);
    // A frame begins; whether it is a key frame is the lowest bit of what follows.
    packet.set([0x10, key ? 0x10 : 0x11, 0, 0, 0x9d, 0x01, 0x2a, 16, 0, 16, 0], 12);
    producer.send(packet);
  };
  const asked = { times: 0 };
  transport.on('rtcp', (packet) => {
    const isPictureLost = packet.readUInt8(1) === 206 && (packet.readUInt8() & 0x1f) === 1;
    if (isPictureLost) asked.times++;
  });
  return { producer, send, asked };
}

test('a first picture is asked for until it comes, also when the first requests are lost', async () => {
  const worker = await createWorker({ logLevel: 'error', ...SET_UP_WORKER });
  onTestFinished(() => worker.close());
  const router = await worker.createRouter({ mediaCodecs: ROOM_CODECS });
  const { producer, send, asked } = await publisher(router);
  const transport = await router.createDirectTransport();
  const source = new ProducedSource(producer, { router } as Place, expect.fail);
  const downlink = new ConsumedDownlink(
    source,
    { trackSid: 'TR_x', streamId: 'PA_x', paused: false, refused: expect.fail, layers: () => {} },
    { closed: () => {}, failed: expect.fail },
  );
  await downlink.begin(() => consume(transport, producer, { mid: '1', preferredLayers: undefined }));
  const consumer = downlink.consumer ?? expect.fail();
  const got: Buffer[] = [];
  consumer.on('rtp', (packet) => got.push(packet));

  send(true);
  const sending = setInterval(() => send(false), FRAME_MS);
  onTestFinished(() => clearInterval(sending));
  await waitFor(() => producer.score.some(({ score }) => score > 0), { reason: 'the source to arrive' });
  downlink.accept();
  // The worker's own two are lost.
  await waitFor(() => asked.times >= 2, { reason: 'two requests' });
  expect(got).toEqual([]);
  await waitFor(() => asked.times >= 3, { reason: 'a request after them' });
  send(true);
  await waitFor(() => got.length > 0, { reason: 'the picture' });
});
