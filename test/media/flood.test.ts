import { createSocket } from 'node:dgram';
import { availableParallelism } from 'node:os';
import { dispose } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freeRow } from '../support/free-port.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { EMBEDDED, sign, startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const ROOM = 'flooded';
const PACKETS = 100_000;
const MEASURES = 8;

let server: TestServer;
let port: number;
beforeAll(async () => {
  port = await freeRow(availableParallelism());
  server = await startTestServer({ media: { ...EMBEDDED, rtcPort: port, announced: ['127.0.0.1'] } });
});
afterAll(async () => {
  await server?.close();
  await dispose();
});

/** What a stranger may send: noise, RTP of nobody, STUN with wrong credentials, the beginning of DTLS, RTCP. */
function badPackets(): Buffer[] {
  const noise = (length: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(length)));
  const headed = (head: number[], length: number) => Buffer.concat([Buffer.from(head), noise(length)]);
  const stun = Buffer.concat([
    Buffer.from([0x00, 0x01, 0x00, 0x14, 0x21, 0x12, 0xa4, 0x42]),
    noise(12),
    Buffer.from([0x00, 0x06, 0x00, 0x10]),
    Buffer.from('somebody:nobody!'),
  ]);
  return [
    noise(1),
    noise(1200),
    headed([0x80, 0x60], 1100),
    headed([0x90, 0x6f, 0xff, 0xff], 300),
    headed([0x80, 0xc8, 0xff, 0xff], 60),
    headed([22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 200),
    stun,
    stun.subarray(0, 21),
  ];
}

async function flood(count: number): Promise<void> {
  const socket = createSocket('udp4');
  const packets = badPackets();
  for (let sent = 0; sent < count; ) {
    const batch = Array.from({ length: 200 }, (_, i) => packets[(sent + i) % packets.length] as Buffer);
    await Promise.all(
      batch.map(
        (packet) => new Promise<void>((resolve) => socket.send(packet, port, '127.0.0.1', () => resolve())),
      ),
    );
    sent += batch.length;
  }
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}

/** The loss of what is sent up and down, by the engine's own measure, while something goes on. */
async function lossDuring(doing: Promise<unknown> | undefined): Promise<number> {
  const seen: number[] = [];
  let over = doing === undefined;
  doing?.then(() => {
    over = true;
  });
  let looked = Date.now();
  await waitFor(
    async () => {
      if (Date.now() - looked < 400) return undefined;
      looked = Date.now();
      for (const one of await server.app.engine.stats(ROOM))
        seen.push(Math.max(one.lossUp ?? 0, one.lossDown ?? 0));
      return (over && seen.length >= 2 * MEASURES) || undefined;
    },
    { reason: 'enough measures', timeoutMs: 50_000 },
  );
  return seen.reduce((sum, loss) => sum + loss, 0) / seen.length;
}

it('a hundred thousand bad packets cost the others nothing', async () => {
  const join = async (identity: string) =>
    RtcClient.join(server.wsUrl, await sign({ sub: identity, video: { roomJoin: true, room: ROOM } }));
  const [ann, bob] = await Promise.all([join('ann'), join('bob')]);
  await Promise.all([ann.publish('audio', 'microphone'), bob.publish('video', 'camera')]);
  await waitFor(
    async () => {
      const stats = await server.app.engine.stats(ROOM);
      return stats.filter(({ bitrateUp }) => bitrateUp.audio + bitrateUp.video > 0).length === 2 || undefined;
    },
    { reason: 'both to send', timeoutMs: 20_000 },
  );
  const quiet = await lossDuring(undefined);
  const flooded = await lossDuring(flood(PACKETS));
  expect(flooded).toBeLessThanOrEqual(quiet + 0.01);
  expect([ann.gone, bob.gone]).toEqual([false, false]);
  expect(await server.app.engine.members(ROOM)).toHaveLength(2);
  await Promise.all([ann.leave(), bob.leave()]);
});
