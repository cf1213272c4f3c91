import { beforeEach, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { planeWorld } from './plane-world.ts';

const world = planeWorld();
beforeEach(() => world.openRoom());

test('sound and a picture go from one page to another', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const voice = await ann.publish({ kind: 'audio' });
  const camera = await ann.publish({ kind: 'video', codec: 'video/VP8' });
  const [heard, seen] = [bob.subscribe(voice), bob.subscribe(camera)];
  await bob.gets(heard);
  expect(await bob.getsSize(seen, 360)).toMatchObject({ codec: 'video/VP8' });
  // The browser asks loopback from the machine's own address: an answer from elsewhere than it asked is none to it.
  expect(await bob.page.evaluate(() => atPlane.carrier())).toBe('udp');
  expect(world.faults).toEqual([]);
});

test('VP8 in three sizes: each subscriber gets the size it prefers', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const camera = await ann.publish({
    kind: 'video',
    codec: 'video/VP8',
    rids: ['q', 'h', 'f'],
    width: 960,
    height: 540,
  });
  expect(camera).toMatchObject({ mime: 'video/VP8', rids: ['q', 'h', 'f'], svcLayers: 1 });
  const seen = bob.subscribe(camera);
  await bob.getsSize(seen, 540);
  seen.prefer({ spatial: 0 });
  await bob.getsSize(seen, 135);
  seen.prefer({ spatial: 1, temporal: 0 });
  await bob.getsSize(seen, 270);
  seen.prefer({ spatial: Number.POSITIVE_INFINITY });
  await bob.getsSize(seen, 540);
  expect(seen.seen).toContainEqual({ spatial: 0, temporal: expect.any(Number) });
  expect(seen.seen).not.toContain(null);
  expect(world.faults).toEqual([]);
});

test('VP9 with layers in one stream', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const camera = await ann.publish({
    kind: 'video',
    codec: 'video/VP9',
    scalabilityMode: 'L3T3_KEY',
    width: 960,
    height: 540,
  });
  expect(camera).toMatchObject({ mime: 'video/VP9', rids: [], svcLayers: 3 });
  const seen = bob.subscribe(camera);
  expect(await bob.getsSize(seen, 540)).toMatchObject({ codec: 'video/VP9' });
  seen.prefer({ spatial: 0 });
  await bob.getsSize(seen, 135);
  seen.prefer({ spatial: 2 });
  await bob.getsSize(seen, 540);
  expect(world.faults).toEqual([]);
});

test.each(['video/H264', 'video/VP9'])('%s in one size', async (codec) => {
  const [ann, bob] = await world.join('ann', 'bob');
  const seen = bob.subscribe(await ann.publish({ kind: 'video', codec }));
  expect(await bob.gets(seen, 20)).toMatchObject({ codec });
  expect(world.faults).toEqual([]);
});

test('a downlink pauses and resumes, and a source', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const camera = await ann.publish({ kind: 'video', codec: 'video/VP8' });
  const seen = bob.subscribe(camera, { paused: true });
  const voice = bob.subscribe(await ann.publish({ kind: 'audio' }));
  // The sound that does come in says that the picture would have, too.
  await bob.gets(voice);
  expect((await bob.inbound(seen))?.frames ?? 0).toBe(0);
  seen.resume();
  await bob.gets(seen);

  for (const stop of [seen, camera]) {
    stop.pause();
    const still = await stands(async () => (await bob.inbound(seen))?.packets);
    await bob.gets(voice);
    expect((await bob.inbound(seen))?.packets).toBe(still);
    stop.resume();
    await bob.gets(seen);
  }
  expect(seen.seen).not.toContain(null);
  expect(world.faults).toEqual([]);
});

test('who speaks is heard with how loud, and measured', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const voice = await ann.publish({ kind: 'audio' });
  const camera = await ann.publish({ kind: 'video', codec: 'video/VP8', rids: ['q', 'h'] });
  const [heard, seen] = [bob.subscribe(voice), bob.subscribe(camera)];
  await Promise.all([bob.gets(heard), bob.gets(seen, 20)]);
  const loud = await waitFor(() => world.levels.at(-1)?.find(({ source }) => source === voice.id), {
    reason: 'a level',
  });
  expect(loud.dBov).toBeGreaterThan(-50);
  expect(loud.dBov).toBeLessThanOrEqual(0);
  voice.pause();
  await waitFor(() => world.levels.at(-1)?.length === 0, { reason: 'silence' });
  voice.resume();

  const source = await waitFor(
    async () => {
      const now = await camera.stats();
      return now.score > 5 && now.bitrate > 20_000 ? now : undefined;
    },
    { reason: 'the picture to be measured' },
  );
  expect(source.loss).toBeLessThan(0.05);
  expect(source.jitterMs).toBeLessThan(500);
  const ups = await waitFor(
    async () => {
      const now = await ann.stats();
      return now.bitrateUp.audio > 0 && now.bitrateUp.video > 20_000 ? now : undefined;
    },
    { reason: 'what goes up to be measured' },
  );
  expect(ups.lossUp).toBeLessThan(0.05);
  const downs = await waitFor(
    async () => {
      const now = await bob.stats();
      const { bitrateDown, roundTripMs } = now;
      return bitrateDown.audio > 0 && bitrateDown.video > 20_000 && roundTripMs !== undefined
        ? now
        : undefined;
    },
    { reason: 'what goes down to be measured', timeoutMs: 20_000 },
  );
  expect(downs.roundTripMs).toBeLessThan(500);
  expect(downs.lossDown).toBeLessThan(0.05);
  expect(downs.availableDown).toBeGreaterThan(0);
  const [load] = await world.plane.load();
  expect(load).toMatchObject({ rooms: 1, consumers: 2, cpuS: expect.any(Number), pid: expect.any(Number) });
});

test('TCP is told of after UDP, and is enough', async () => {
  const onlyTcp = (sdp: string) => sdp.replace(/a=candidate:udp.*\r\n/g, '');
  world.mangleNext = { heard: onlyTcp };
  const [ann, bob] = await world.join('ann', 'bob');
  for (const person of [ann, bob]) {
    expect(person.firstOffer).toMatch(/a=candidate:udp/);
    expect(person.firstOffer).not.toMatch(/tcptype|end-of-candidates/);
    expect(person.candidates.map((each) => each.split(' ').slice(0, 2).join(' ')).toSorted()).toEqual([
      '0 candidate:tcp0',
      '1 candidate:tcp0',
    ]);
  }
  await bob.gets(bob.subscribe(await ann.publish({ kind: 'audio' })));
});

/** The number once it no longer changes. */
async function stands(look: () => Promise<number | undefined>): Promise<number> {
  let last: number | undefined;
  let times = 0;
  return waitFor(
    async () => {
      const now = await look();
      times = now === last ? times + 1 : 0;
      last = now;
      return times >= 15 ? now : undefined;
    },
    { reason: 'a count to stand still' },
  );
}
