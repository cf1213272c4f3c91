import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { openPlane } from '../../src/adapters/engine/embedded/media/plane.ts';
import type { PlaneOptions } from '../../src/adapters/engine/embedded/media/plane-options.ts';
import type { PeerEvents } from '../../src/adapters/engine/embedded/media/types.ts';
import { freePort, freeRow } from '../support/free-port.ts';
import { SET_UP_WORKER } from '../support/media-worker.ts';
import { waitFor } from '../support/wait-for.ts';

const nobody: PeerEvents = {
  match: () => undefined,
  published: () => {},
  ended: () => {},
  offer: () => {},
  state: () => {},
  candidate: () => {},
  data: () => {},
};

async function open(options: Partial<PlaneOptions>) {
  const faults: string[] = [];
  const failed = (what: string, error: unknown) => faults.push(`${what}: ${error}`);
  const plane = await openPlane({ ...SET_UP_WORKER, rtcPort: 0, workers: 1, failed, ...options });
  onTestFinished(() => plane.close());
  return { plane, faults };
}

/** What a client is told of how to reach the room that is opened next: in its first offer and after it. */
async function candidates({ plane }: Awaited<ReturnType<typeof open>>) {
  const room = await plane.openRoom('room', { levels: () => {}, lost: () => {} });
  const told: string[] = [];
  let first = '';
  const peer = await room.connect({
    ...nobody,
    offer: (sdp) => {
      first = sdp;
    },
    candidate: (_, { candidate }) => told.push(candidate),
  });
  peer.subscriber.start();
  await waitFor(() => first !== '', { reason: 'the first offer' });
  // TCP is told of a while after the client has answered.
  await peer.subscriber.answer(answerTo(first), 1);
  await waitFor(() => told.length > 0, { reason: 'candidates' });
  const written = [...first.matchAll(/^a=(candidate:.*)\r$/gm)].map(([, line]) => line ?? '');
  room.close();
  return { udp: written.map(place), tcp: told.map(place) };
}

/** As a client would answer that has nothing to add. */
const answerTo = (offer: string) =>
  offer
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate') && line !== 'a=ice-lite')
    .map((line) => (line === 'a=setup:actpass' ? 'a=setup:active' : line))
    .join('\r\n');

const place = (line: string) => line.split(' ').slice(4, 6).join(' ');

test('workers take their ports in a row, UDP and TCP of one number', async () => {
  const port = await freeRow(2);
  const plane = await open({ rtcPort: port, workers: 2, announced: ['192.0.2.1', 'media.example.org'] });
  const both = [await candidates(plane), await candidates(plane)];
  for (const { udp, tcp } of both) expect(udp).toEqual(tcp);
  // The first room is gone when the second comes, so it is on the first worker, too; a third beside it is not.
  const room = await plane.plane.openRoom('other', { levels: () => {}, lost: () => {} });
  both.push(await candidates(plane));
  room.close();
  expect(both.map(({ udp }) => udp[0])).toEqual([
    `192.0.2.1 ${port}`,
    `192.0.2.1 ${port}`,
    `192.0.2.1 ${port + 1}`,
  ]);
  expect(both[0]?.udp[1]).toBe(`media.example.org ${port}`);
});

test('without a list, the own addresses are told, and loopback last', async () => {
  const { udp } = await candidates(await open({}));
  expect(udp.at(-1)).toMatch(/^127\.0\.0\.1 \d+$/);
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outer = own.filter(({ internal, family }) => !internal && family === 'IPv4');
  expect(udp.length).toBeGreaterThan(Math.min(outer.length, 7));
});

test.runIf(networkInterfaces().lo?.some(({ family }) => family === 'IPv6'))(
  'an address of IPv6 has the port of IPv6',
  async () => {
    const plane = await open({ announced: ['127.0.0.1', '::1'] });
    const { udp } = await candidates(plane);
    const [four = '', six = ''] = udp;
    expect(four).toMatch(/^127\.0\.0\.1 \d+$/);
    expect(six).toMatch(/^::1 \d+$/);
    const socket = createSocket('udp6').bind(0, '::1');
    onTestFinished(() => void socket.close());
    await once(socket, 'listening');
    // Somebody listens there: an unreachable port would answer with an error.
    socket.connect(Number(six.split(' ')[1]), '::1');
    await once(socket, 'connect');
    await new Promise<void>((resolve, reject) =>
      socket.send('x', (error) => (error ? reject(error) : resolve())),
    );
  },
);

test('a port that somebody else has is said at once', async () => {
  const port = await freePort();
  const taken = createSocket('udp4').bind(port, '0.0.0.0');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  await expect(open({ rtcPort: port })).rejects.toThrow(/address already in use|bind/i);
});
