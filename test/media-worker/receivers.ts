import { createHash, randomFillSync } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import type { types } from 'mediasoup';
import { buildRtp, isRtcp, parseRtp } from './rtp.ts';

export const OPUS = {
  mimeType: 'audio/opus',
  payloadType: 111,
  clockRate: 48_000,
  channels: 2,
} as const;
const SSRC = 1111;

/** Sends packets into a router without the network: what they hold tells whether they arrive whole and in order. */
export async function startSender(router: types.Router) {
  const direct = await router.createDirectTransport();
  const producer = await direct.produce({
    kind: 'audio',
    rtpParameters: { codecs: [OPUS], encodings: [{ ssrc: SSRC }], rtcp: { cname: 'sender' } },
  });
  let sent = 0;
  return {
    producer,
    sent: (): number => sent,
    send(length: number): void {
      sent++;
      producer.send(
        buildRtp({
          payloadType: OPUS.payloadType,
          marker: false,
          seq: sent & 0xffff,
          timestamp: sent * 960,
          ssrc: SSRC,
          extensions: new Map(),
          payload: numbered(sent, length),
        }),
      );
    },
  };
}

/** Number, length, and a digest of the rest. */
function numbered(number: number, length: number): Buffer {
  const payload = Buffer.alloc(Math.max(length, 40));
  payload.writeUInt32BE(number, 0);
  payload.writeUInt32BE(payload.length, 4);
  randomFillSync(payload, 28);
  createHash('sha1').update(payload.subarray(28)).digest().copy(payload, 8);
  return payload;
}

/** A socket that writes down what is wrong with what it gets, of each port that sends to it. */
export class Receiver {
  readonly socket: Socket;
  readonly wrong: string[] = [];
  received = 0;
  readonly #last = new Map<number, number>();

  private constructor(family: 'udp4' | 'udp6') {
    this.socket = createSocket(family);
    this.socket.on('message', (packet, { port }) => {
      if (!isRtcp(packet)) this.#take(parseRtp(packet).payload, port);
    });
  }

  static async open(address: string): Promise<Receiver> {
    const receiver = new Receiver(address.includes(':') ? 'udp6' : 'udp4');
    await new Promise<void>((resolve) => receiver.socket.bind(0, address, resolve));
    receiver.socket.setRecvBufferSize(1_000_000);
    return receiver;
  }

  #take(payload: Buffer, port: number): void {
    this.received++;
    const number = payload.readUInt32BE(0);
    const awaited = (this.#last.get(port) ?? 0) + 1;
    this.#last.set(port, number);
    if (number !== awaited) this.wrong.push(`from ${port}: packet ${number} where ${awaited} was due`);
    if (payload.readUInt32BE(4) !== payload.length)
      this.wrong.push(`from ${port}: packet ${number} has ${payload.length} bytes`);
    const digest = createHash('sha1').update(payload.subarray(28)).digest();
    if (!digest.equals(payload.subarray(8, 28))) this.wrong.push(`from ${port}: packet ${number} is damaged`);
  }
}

/** A transport of the worker, on a socket of its own, that sends the producer's packets to the receiver. */
export async function sendTo(router: types.Router, producer: types.Producer, receiver: Receiver) {
  const { address, port } = receiver.socket.address();
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: address },
    rtcpMux: true,
    comedia: false,
  });
  await transport.connect({ ip: address, port });
  await transport.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
  return transport;
}
