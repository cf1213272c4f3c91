import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalBlobs } from '../../adapters/blobs/local-blobs.ts';
import { AvatarSweeper } from './avatar-sweeper.ts';
import { AVATAR_MAX_BYTES } from './avatars.ts';
import type { PeopleWorld } from './people.fixture.ts';
import { peopleWorld } from './people.fixture.ts';
import type { User } from './user.ts';

let world: PeopleWorld;
let ann: User;
let bob: User;
beforeEach(async () => {
  world = await peopleWorld();
  [ann, bob] = await Promise.all([world.people.put('ann', {}), world.people.put('bob', {})]);
});
afterEach(() => world.close());

async function* bytes(...parts: Uint8Array[]) {
  yield* parts;
}
const picture = () =>
  sharp({ create: { width: 20, height: 20, channels: 3, background: '#36c' } })
    .png()
    .toBuffer();
const upload = async (user = ann) =>
  world.avatars.upload(user, bytes(await picture()), 'https://call.example.com');
const nameOf = ({ avatarUrl }: User) => avatarUrl?.split('/').at(-1) ?? '';
/** What is kept, once what was replaced is gone. */
async function kept(): Promise<string[]> {
  await world.avatars.close();
  return (await readdir(join(world.files, 'avatars')).catch(() => [])).sort();
}

describe('a picture', () => {
  it('is where its address says, under a name that nobody guesses', async () => {
    const after = await upload();
    expect(after.avatarUrl).toMatch(
      new RegExp(`^https://call\\.example\\.com/files/avatars/${ann.id}-[\\w-]{43}\\.webp$`),
    );
    expect(await world.people.get('ann')).toEqual(after);
    const file = await world.avatars.open(nameOf(after));
    const chunks: Uint8Array[] = [];
    for await (const chunk of file?.content ?? []) chunks.push(chunk);
    expect(await sharp(Buffer.concat(chunks)).metadata()).toMatchObject({ format: 'webp', width: 20 });
  });

  it('replaces the one before, which goes; others’ stay', async () => {
    const others = await upload(bob);
    const first = await upload();
    const second = await upload();
    expect(nameOf(second)).not.toBe(nameOf(first));
    expect(await kept()).toEqual([nameOf(second), nameOf(others)].sort());
  });

  it('goes when another address takes its place, by whoever says so, and with the person', async () => {
    await upload();
    await world.accounts.updateProfile(ann.id, { avatarUrl: 'https://example.com/a.png' });
    expect(await kept()).toEqual([]);
    await upload();
    await world.accounts.updateProfile(ann.id, { nickname: 'Ann' });
    expect(await kept()).toHaveLength(1);
    await world.people.put('ann', { avatarUrl: null });
    expect(await kept()).toEqual([]);
    await upload();
    await world.people.remove('ann');
    expect(await kept()).toEqual([]);
  });

  it('is never somebody else’s to take away', async () => {
    const others = await upload(bob);
    await world.accounts.updateProfile(ann.id, { avatarUrl: others.avatarUrl });
    await upload();
    expect(await kept()).toContain(nameOf(others));
  });

  it('of two at once is one of them, and no other stays', async () => {
    await Promise.all([upload(), upload(), upload()]);
    expect(await kept()).toEqual([nameOf(await world.people.get('ann'))]);
  });
});

it('that a crash has left without anybody to show it goes in time, and nothing that is under way', async () => {
  const shown = nameOf(await upload());
  const folder = join(world.files, 'avatars');
  const orphans = [ann.id, bob.id, 999].map((id) => `${id}-${'x'.repeat(43)}.webp`);
  const under = `${bob.id}-${'y'.repeat(43)}.webp`;
  for (const name of [...orphans, under, 'README']) await writeFile(join(folder, name), 'webp');
  const now = Date.now();
  for (const name of [shown, ...orphans, 'README']) {
    await utimes(join(folder, name), now / 1000 - 7200, now / 1000 - 7200);
  }
  await new AvatarSweeper({
    store: world.store,
    clock: { now: () => now },
    blobs: new LocalBlobs(world.files),
    failed: () => expect.unreachable(),
  }).sweep();
  expect(await kept()).toEqual([shown, under, 'README'].sort());
});

describe('what is refused changes nothing', () => {
  it.each([
    ['too many bytes', () => bytes(new Uint8Array(AVATAR_MAX_BYTES), new Uint8Array(1)), 'upload.too_large'],
    ['no picture', () => bytes(Buffer.from('hello')), 'upload.failed'],
  ])('%s', async (_, content, key) => {
    const before = await upload();
    await expect(world.avatars.upload(ann, content(), 'https://x')).rejects.toMatchObject({ key });
    expect(await world.people.get('ann')).toEqual(before);
    expect(await kept()).toEqual([nameOf(before)]);
  });

  it('the picture of somebody who is banned meanwhile', async () => {
    await world.people.put('ann', { status: 'banned' });
    await expect(upload()).rejects.toMatchObject({ key: 'auth.banned' });
    expect(await kept()).toEqual([]);
  });

  it('names that are none', async () => {
    const own = nameOf(await upload());
    for (const name of ['', '..', '../../parley.db', `${own}x`, `x${own}`, own.replace('.webp', '')]) {
      expect(await world.avatars.open(name)).toBeUndefined();
    }
  });
});
