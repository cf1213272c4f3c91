import type { types } from 'mediasoup';
import { buildRtp } from './rtp.ts';

const CLOCK_RATE = 90_000;
const PAYLOAD_BYTES = 1_200;
/** Seconds from 1900, NTP's beginning, to 1970. */
const NTP_EPOCH_S = 2_208_988_800;
/** VP8's payload descriptor of a frame's first packet, and the first byte of a key frame (RFC 7741). */
const KEY_FRAME = [0x10, 0];

/**
 * A publisher of a picture in several qualities at these bits a second, the least first. Each packet
 * looks like a key frame of VP8, so that a receiver changes its quality as soon as it should.
 */
export async function sendQualities(
  router: types.Router,
  bitsPerSecond: readonly number[],
): Promise<{ producer: types.Producer; stop: () => void }> {
  const direct = await router.createDirectTransport();
  const producer = await direct.produce({
    kind: 'video',
    rtpParameters: {
      codecs: [{ mimeType: 'video/VP8', payloadType: 100, clockRate: CLOCK_RATE }],
      encodings: bitsPerSecond.map((_, quality) => ({ ssrc: quality + 1 })),
      rtcp: { cname: 'sender' },
    },
  });
  const began = performance.now();
  const sent = bitsPerSecond.map(() => 0);
  const send = (quality: number, timestamp: number) =>
    producer.send(
      buildRtp({
        payloadType: 100,
        marker: true,
        seq: (sent[quality] ?? 0) & 0xffff,
        timestamp,
        ssrc: quality + 1,
        extensions: new Map(),
        payload: Buffer.concat([Buffer.from(KEY_FRAME), Buffer.alloc(PAYLOAD_BYTES - KEY_FRAME.length)]),
      }),
    );
  const timer = setInterval(() => {
    const passedMs = performance.now() - began;
    const timestamp = Math.floor((passedMs * CLOCK_RATE) / 1000);
    for (const [quality, rate] of bitsPerSecond.entries()) {
      const due = (passedMs * rate) / (8000 * PAYLOAD_BYTES);
      for (let count = sent[quality] ?? 0; count < due; count = sent[quality] ?? 0) {
        // One whose clock is unknown is not changed to.
        if (count % 16 === 0) direct.sendRtcp(senderReport(quality + 1, timestamp));
        send(quality, timestamp);
        sent[quality] = count + 1;
      }
    }
  }, 10);
  return { producer, stop: () => clearInterval(timer) };
}

/** RFC 3550, section 6.4.1, without report blocks. */
function senderReport(ssrc: number, timestamp: number): Buffer {
  const report = Buffer.alloc(28);
  const now = Date.now();
  report.writeUInt8(0x80, 0);
  report.writeUInt8(200, 1);
  report.writeUInt16BE(report.length / 4 - 1, 2);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE(Math.floor(now / 1000) + NTP_EPOCH_S, 8);
  report.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 12);
  report.writeUInt32BE(timestamp, 16);
  return report;
}
