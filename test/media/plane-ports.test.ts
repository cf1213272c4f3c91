import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openPlane } from '../../src/adapters/engine/embedded/media/plane.ts';
import type { PlaneOptions } from '../../src/adapters/engine/embedded/media/plane-options.ts';
import { openProbe } from '../../src/adapters/engine/embedded/media/probe.ts';
import type { PeerEvents } from '../../src/adapters/engine/embedded/media/types.ts';
import { connects } from '../../src/doctor/stun/binding.ts';
import { freePort, freeRow } from '../support/free-port.ts';
import { SET_UP_WORKER } from '../support/media-worker.ts';
import { waitFor } from '../support/wait-for.ts';
import { planeWorld } from './plane-world.ts';

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
  'an address of IPv6 has the port of IPv6, and answers there over UDP and TCP',
  async () => {
    const probe = await openProbe({
      ...SET_UP_WORKER,
      rtcPort: 0,
      announced: ['127.0.0.1', '::1'],
      failed: (what, error) => expect.unreachable(`${what}: ${error}`),
    });
    onTestFinished(() => probe.close());
    const told = probe.candidates.map((line) => line.split(' '));
    expect(told.map(([, , protocol, , host]) => `${protocol} ${host}`)).toEqual([
      'udp 127.0.0.1',
      'udp ::1',
      'tcp 127.0.0.1',
      'tcp ::1',
    ]);
    for (const [, , protocol, , host = '', port] of told) {
      const way = protocol === 'tcp' ? 'tcp' : 'udp';
      expect(await connects({ host, port: Number(port) }, way, probe), `${way} ${host}`).toBe(true);
    }
  },
);

// A browser has no candidate of its own on loopback: it takes an address of the machine's.
const hasSix = Object.values(networkInterfaces()).some((each) =>
  each?.some(({ internal, family, scopeid }) => !internal && family === 'IPv6' && scopeid === 0),
);
describe.runIf(hasSix)('where IPv6 is all there is', () => {
  const world = planeWorld({ announced: ['::1'] });
  test('media passes', async () => {
    await world.openRoom();
    const [ann, bob] = await world.join('ann', 'bob');
    expect(ann.firstOffer).not.toContain('127.0.0.1 ');
    await bob.gets(bob.subscribe(await ann.publish({ kind: 'audio' })));
  });
});

test('a port that somebody else has is said at once', async () => {
  const port = await freePort();
  const taken = createSocket('udp4').bind(port, '0.0.0.0');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  await expect(open({ rtcPort: port })).rejects.toThrow(/address already in use|bind/i);
});
