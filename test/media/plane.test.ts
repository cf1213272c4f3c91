import { beforeEach, expect, test } from 'vitest';
import { planeWorld } from './plane-world.ts';

const world = planeWorld();
beforeEach(() => world.openRoom());

test('sound and a picture go from one page to another', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const voice = await ann.publish({ kind: 'audio' });
  const camera = await ann.publish({ kind: 'video', codec: 'video/VP8' });
  const [heard, seen] = [bob.subscribe(voice), bob.subscribe(camera)];
  await bob.gets(heard);
  const picture = await bob.getsSize(seen, 360);
  expect(picture).toMatchObject({ codec: 'video/VP8' });
  expect(world.faults).toEqual([]);
});
