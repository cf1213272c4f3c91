import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { types } from 'mediasoup';
import { startWorker } from './media-worker.ts';
import type { PlaneOptions } from './plane-options.ts';
import { ROOM_CODECS } from './room-codecs.ts';

/** A worker that is started to be looked at: what clients would be told, and whether media passes. */
export interface MediaProbe {
  /** ICE candidates of its port: lines without `a=`. */
  readonly candidates: readonly string[];
  /** A connection that answers ICE's checks. */
  readonly ufrag: string;
  readonly password: string;
  /** So many packets of sound in, and how many came out. */
  carry(packets: number): Promise<number>;
  close(): void;
}

const LOOPBACK = '127.0.0.1';
const SSRC = 0x5061726c;
const APART_MS = 5;
/** After the last one has gone in. */
const WAIT_MS = 1_000;

/** The first worker as the server would start it. Throws when it cannot start, or have its port. */
export async function openProbe(options: PlaneOptions): Promise<MediaProbe> {
  const { worker, server, candidates } = await startWorker(options, 0);
  try {
    const router = await worker.createRouter({ mediaCodecs: ROOM_CODECS });
    const { iceParameters } = await router.createWebRtcTransport({ webRtcServer: server });
    return {
      candidates: [...candidates.udp, ...candidates.tcp],
      ufrag: iceParameters.usernameFragment,
      password: iceParameters.password,
      carry: (packets) => carry(router, packets),
      close: () => worker.close(),
    };
  } catch (error) {
    worker.close();
    throw error;
  }
}

/** Plain RTP through the router: from one socket of this process to another. */
async function carry(router: types.Router, packets: number): Promise<number> {
  const listenInfo = { protocol: 'udp', ip: LOOPBACK } as const;
  const codec = router.rtpCapabilities.codecs?.find(
    ({ mimeType }) => mimeType.toLowerCase() === 'audio/opus',
  );
  if (!codec) throw new Error('the worker has no Opus');
  const payloadType = codec.preferredPayloadType ?? 0;
  const [way, back] = [createSocket('udp4'), createSocket('udp4')];
  let arrived = 0;
  const whole = Promise.withResolvers<void>();
  back.on('message', (packet) => {
    if (isRtcp(packet)) return;
    if (++arrived === packets) whole.resolve();
  });
  try {
    back.bind(0, LOOPBACK);
    await once(back, 'listening');
    const [into, out] = await Promise.all([
      router.createPlainTransport({ listenInfo, comedia: true }),
      router.createPlainTransport({ listenInfo, comedia: false }),
    ]);
    await out.connect({ ip: LOOPBACK, port: back.address().port });
    const producer = await into.produce({
      kind: 'audio',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', payloadType, clockRate: 48_000, channels: 2, parameters: {} }],
        encodings: [{ ssrc: SSRC }],
      },
    });
    await out.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
    for (let number = 0; number < packets; number++) {
      way.send(sound(payloadType, number), into.tuple.localPort, LOOPBACK);
      await delay(APART_MS);
    }
    await Promise.race([whole.promise, delay(WAIT_MS)]);
    return arrived;
  } finally {
    way.close();
    back.close();
  }
}

function sound(payloadType: number, number: number): Buffer {
  const packet = Buffer.alloc(12 + 60);
  packet.writeUInt8(0x80);
  packet.writeUInt8(payloadType, 1);
  packet.writeUInt16BE(number, 2);
  packet.writeUInt32BE(number * 960, 4);
  packet.writeUInt32BE(SSRC, 8);
  return packet;
}

/** RFC 5761, 4. */
const isRtcp = (packet: Buffer) => packet.readUInt8(1) >= 192 && packet.readUInt8(1) <= 223;
