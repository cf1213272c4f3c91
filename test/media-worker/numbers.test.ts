import { createSocket, type Socket } from 'node:dgram';
import type { types } from 'mediasoup';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ClientNumbers,
  consumeAs,
  parametersAs,
} from '../../src/adapters/engine/embedded/media/mapped-consume.ts';
import { waitFor } from '../support/wait-for.ts';
import { buildNack, buildRtp, isRtcp, parseRtp, type Rtp } from './rtp.ts';
import { startWorker, type TestWorker } from './worker.ts';

const MEDIA_CODECS: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: 111 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 96 },
];
/** The router's ids of what these tests send. */
const EXTENSION = { mid: 1, absSendTime: 4, transportCc: 5, audioLevel: 6, dependency: 7, orientation: 8 };

/** The worker's own packets, which measure what the way to the receiver carries. */
const PROBATION_SSRC = 1234;

let started: TestWorker;
let router: types.Router;
const sockets: Socket[] = [];

beforeEach(async () => {
  started = await startWorker();
  router = await started.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await started.close();
});

/** Sends as a publisher whose numbers are neither the router's nor any receiver's. */
async function publish(kind: 'audio' | 'video') {
  const direct = await router.createDirectTransport();
  const uris = new Map(
    (router.rtpCapabilities.headerExtensions ?? []).map((one) => [one.preferredId, one.uri]),
  );
  const ids: [number, number][] =
    kind === 'audio'
      ? [[EXTENSION.audioLevel, 13]]
      : [
          [EXTENSION.orientation, 3],
          [EXTENSION.dependency, 2],
        ];
  const producer = await direct.produce({
    kind,
    rtpParameters: {
      codecs:
        kind === 'audio'
          ? [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }]
          : [
              { mimeType: 'video/VP8', payloadType: 100, clockRate: 90_000 },
              { mimeType: 'video/rtx', payloadType: 101, clockRate: 90_000, parameters: { apt: 100 } },
            ],
      headerExtensions: ids.map(([router, id]) => ({
        uri: uris.get(router) as types.RtpHeaderExtensionUri,
        id,
      })),
      encodings: [kind === 'audio' ? { ssrc: 1111 } : { ssrc: 1111, rtx: { ssrc: 1112 } }],
      rtcp: { cname: 'publisher' },
    },
  });
  let seq = 0;
  return {
    producer,
    send(extensions: [number, Buffer][], payload: Buffer): void {
      seq++;
      producer.send(
        buildRtp({
          payloadType: 100,
          marker: true,
          seq,
          timestamp: seq * 960,
          ssrc: 1111,
          extensions: new Map(extensions),
          payload,
        }),
      );
    },
  };
}

/** A receiver on the network, with the packets it got. */
async function receive() {
  const socket = createSocket('udp4');
  sockets.push(socket);
  const got: Rtp[] = [];
  const probation: Rtp[] = [];
  socket.on('message', (packet) => {
    if (isRtcp(packet)) return;
    const rtp = parseRtp(packet);
    (rtp.ssrc === PROBATION_SSRC ? probation : got).push(rtp);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
    comedia: false,
  });
  await transport.connect({ ip: '127.0.0.1', port: socket.address().port });
  const take = (count: number): Promise<Rtp[]> =>
    waitFor(() => got.length >= count && got, { reason: `${count} packets` });
  return { socket, transport, take, got, probation };
}

const capabilities = (): types.RtpCapabilities => router.rtpCapabilities;
const rtxOf = (payloadType: number): number =>
  capabilities().codecs?.find(({ parameters }) => parameters?.apt === payloadType)?.preferredPayloadType ?? 0;

const numbers = (payloadTypes: [number, number][], extensions: [number, number][]): ClientNumbers => ({
  payloadTypes: new Map(payloadTypes),
  extensions: new Map(extensions),
  idlePayloadType: 35,
});

const LEVEL = Buffer.from([0x85]);
const PICTURE = Buffer.concat([Buffer.from([0x10, 0x00]), Buffer.alloc(200, 7)]);

describe('a receiver with numbers of its own', () => {
  test('gets them, and nothing that it did not ask for', async () => {
    const { producer, send } = await publish('audio');
    const { transport, take } = await receive();
    await consumeAs(transport, {
      producerId: producer.id,
      capabilities: capabilities(),
      numbers: numbers(
        [[111, 63]],
        [
          [EXTENSION.mid, 6],
          [EXTENSION.audioLevel, 1],
        ],
      ),
      mid: 'a0',
      paused: false,
    });
    send([[13, LEVEL]], Buffer.from('hello'));
    const [packet] = await take(1);
    expect(packet).toMatchObject({ payloadType: 63, marker: true, form: 'one byte' });
    expect(packet?.extensions).toEqual(
      new Map([
        [6, Buffer.from('a0')],
        [1, LEVEL],
      ]),
    );
    expect(packet?.payload).toEqual(Buffer.from('hello'));
  });

  test('shares the publisher with others, each with its own', async () => {
    const { producer, send } = await publish('audio');
    const ordinary = await receive();
    const swapped = await receive();
    const bare = await receive();
    const consume = (to: typeof ordinary, mid: string, clients: ClientNumbers): Promise<types.Consumer> =>
      consumeAs(to.transport, {
        producerId: producer.id,
        capabilities: capabilities(),
        numbers: clients,
        mid,
        paused: false,
      });
    await consume(bare, '0', numbers([[111, 0]], []));
    await ordinary.transport.consume({ producerId: producer.id, rtpCapabilities: capabilities(), mid: 'o' });
    // The numbers of one thing are those of another at the router.
    await consume(
      swapped,
      '1',
      numbers(
        [[111, 96]],
        [
          [EXTENSION.mid, EXTENSION.audioLevel],
          [EXTENSION.audioLevel, EXTENSION.mid],
        ],
      ),
    );
    for (let packet = 0; packet < 20; packet++) send([[13, LEVEL]], Buffer.from(`${packet}`));
    const payloads = Array.from({ length: 20 }, (_, packet) => Buffer.from(`${packet}`));
    for (const { take } of [ordinary, swapped, bare])
      expect((await take(20)).map(({ payload }) => payload)).toEqual(payloads);
    for (const packet of ordinary.got) {
      expect(packet.payloadType).toBe(111);
      expect(packet.extensions).toEqual(
        new Map([
          [EXTENSION.mid, Buffer.from('o')],
          [EXTENSION.audioLevel, LEVEL],
        ]),
      );
    }
    for (const packet of swapped.got) {
      expect(packet.payloadType).toBe(96);
      expect(packet.extensions).toEqual(
        new Map([
          [EXTENSION.audioLevel, Buffer.from('1')],
          [EXTENSION.mid, LEVEL],
        ]),
      );
    }
    for (const packet of bare.got) {
      expect(packet).toMatchObject({ payloadType: 0, form: 'none' });
      expect(packet.extensions.size).toBe(0);
    }
  });

  test('may have ids that do not fit the short form', async () => {
    const { producer, send } = await publish('audio');
    const { transport, take } = await receive();
    await consumeAs(transport, {
      producerId: producer.id,
      capabilities: capabilities(),
      numbers: numbers(
        [[111, 127]],
        [
          [EXTENSION.mid, 3],
          [EXTENSION.audioLevel, 200],
        ],
      ),
      mid: '12345678',
      paused: false,
    });
    send([[13, LEVEL]], PICTURE);
    const [packet] = await take(1);
    expect(packet).toMatchObject({ payloadType: 127, form: 'two bytes', payload: PICTURE });
    expect(packet?.extensions).toEqual(
      new Map([
        [3, Buffer.from('12345678')],
        [200, LEVEL],
      ]),
    );
  });

  test('gets extensions that need the long form, and the short one where they are left out', async () => {
    const { producer, send } = await publish('video');
    const [long, short] = [await receive(), await receive()];
    const consume = (to: typeof long, extensions: [number, number][]): Promise<types.Consumer> =>
      consumeAs(to.transport, {
        producerId: producer.id,
        capabilities: capabilities(),
        numbers: numbers(
          [
            [96, 120],
            [rtxOf(96), 121],
          ],
          extensions,
        ),
        mid: '7',
        paused: false,
      });
    await consume(long, [
      [EXTENSION.mid, 9],
      [EXTENSION.dependency, 14],
    ]);
    await consume(short, [
      [EXTENSION.mid, 9],
      [EXTENSION.orientation, 1],
    ]);
    const dependencies = Buffer.alloc(40, 5);
    send(
      [
        [2, dependencies],
        [3, Buffer.from([1])],
      ],
      PICTURE,
    );
    const [first] = await long.take(1);
    expect(first).toMatchObject({ payloadType: 120, form: 'two bytes', payload: PICTURE });
    expect(first?.extensions).toEqual(
      new Map([
        [9, Buffer.from('7')],
        [14, dependencies],
      ]),
    );
    const [second] = await short.take(1);
    expect(second).toMatchObject({ payloadType: 120, form: 'one byte', payload: PICTURE });
    expect(second?.extensions).toEqual(
      new Map([
        [9, Buffer.from('7')],
        [1, Buffer.from([1])],
      ]),
    );
  });

  test.each([
    { how: 'on a stream of their own', rtx: true },
    { how: 'as they were', rtx: false },
  ])('gets lost packets again with them, $how', async ({ rtx }) => {
    const { producer, send } = await publish('video');
    const { transport, take, socket } = await receive();
    // Somebody else's are kept in the same buffers.
    const other = await receive();
    await other.transport.consume({ producerId: producer.id, rtpCapabilities: capabilities() });
    const offered = capabilities().codecs?.filter(({ mimeType }) => rtx || mimeType !== 'video/rtx');
    const clients = numbers(
      [
        [96, 120],
        [rtxOf(96), 97],
      ],
      [
        [EXTENSION.mid, 2],
        [EXTENSION.orientation, 30],
      ],
    );
    const consumer = await consumeAs(transport, {
      producerId: producer.id,
      capabilities: { ...capabilities(), codecs: offered },
      numbers: clients,
      mid: 'v',
      paused: false,
    });
    for (let packet = 0; packet < 5; packet++) send([[3, Buffer.from([packet])]], PICTURE);
    const lost = (await take(5))[2];
    if (!lost) throw new Error('no third packet');
    expect(lost.extensions).toEqual(
      new Map([
        [2, Buffer.from('v')],
        [30, Buffer.from([2])],
      ]),
    );
    socket.send(buildNack(lost.ssrc, lost.seq), transport.tuple.localPort, '127.0.0.1');
    const again = (await take(6))[5];
    if (rtx) {
      const header = Buffer.alloc(2);
      header.writeUInt16BE(lost.seq);
      expect(again).toMatchObject({
        payloadType: 97,
        ssrc: consumer.rtpParameters.encodings?.[0]?.rtx?.ssrc,
        payload: Buffer.concat([header, PICTURE]),
      });
      expect(again?.extensions).toEqual(lost.extensions);
      expect(parametersAs(consumer.rtpParameters, clients).codecs).toMatchObject([
        { payloadType: 120 },
        { payloadType: 97, parameters: { apt: 120 } },
      ]);
    } else {
      expect(again).toEqual(lost);
      expect(consumer.rtpParameters.codecs).toHaveLength(1);
    }
    // What is kept for both is as it was.
    const [ours] = (await other.take(5)).slice(2);
    if (!ours) throw new Error('no third packet of the other');
    other.socket.send(buildNack(ours.ssrc, ours.seq), other.transport.tuple.localPort, '127.0.0.1');
    const theirs = (await other.take(6))[5];
    expect(theirs?.payloadType).toBe(rtxOf(96));
    expect(theirs?.extensions.get(EXTENSION.orientation)).toEqual(Buffer.from([2]));
    expect(theirs?.payload.subarray(2)).toEqual(PICTURE);
    expect(other.got.slice(0, 5).every(({ payloadType }) => payloadType === 96)).toBe(true);
  });

  test('gets the packets that measure bandwidth with them', async () => {
    const { producer, send } = await publish('video');
    const { transport, take, probation } = await receive();
    await consumeAs(transport, {
      producerId: producer.id,
      capabilities: capabilities(),
      numbers: numbers(
        [
          [96, 127],
          [rtxOf(96), 126],
        ],
        [
          [EXTENSION.mid, 10],
          [EXTENSION.absSendTime, 7],
          [EXTENSION.transportCc, 5 + 8],
        ],
      ),
      mid: '0',
      paused: false,
    });
    for (let packet = 0; packet < 5; packet++) send([], PICTURE);
    const [packet] = await take(5);
    expect(packet?.payloadType).toBe(127);
    expect([...(packet?.extensions.keys() ?? [])].sort()).toEqual([10, 13, 7]);
    const [measuring] = await waitFor(() => probation.length > 0 && probation, {
      reason: 'a packet of probation',
    });
    expect(measuring).toMatchObject({ payloadType: 35, form: 'one byte' });
    expect(measuring?.extensions.get(10)).toEqual(Buffer.from('probator'));
    expect([...(measuring?.extensions.keys() ?? [])].sort()).toEqual([10, 13, 7]);
  });

  test.each(['x', '96', '96=', '=5', '200=5', '96=128', '96=-1', '96=5 '])(
    'is refused numbers that are none (%s)',
    async (parameter) => {
      const { producer } = await publish('video');
      const { transport } = await receive();
      const codecs = capabilities().codecs?.map((codec) => ({
        ...codec,
        rtcpFeedback: [{ type: 'x-send-payload-type', parameter }],
      }));
      await expect(
        transport.consume({ producerId: producer.id, rtpCapabilities: { ...capabilities(), codecs } }),
      ).rejects.toThrow();
      // The worker goes on.
      await transport.consume({ producerId: producer.id, rtpCapabilities: capabilities() });
    },
  );
});
