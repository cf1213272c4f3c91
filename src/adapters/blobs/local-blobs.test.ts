import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blobsContract } from './blobs.contract.ts';
import { LocalBlobs } from './local-blobs.ts';

let folder: string;
let blobs: LocalBlobs;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-blobs-'));
  blobs = new LocalBlobs(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

blobsContract(() => blobs);

it('leaves nothing behind of what came in', async () => {
  expect(await readdir(join(folder, '.incoming'))).toEqual([]);
});

it('removes what a killed process left of what came in, and nothing younger', async () => {
  const before = Date.now() - 3_600_000;
  for (const [name, at] of [
    ['old', before - 1000],
    ['young', before + 1000],
  ] as const) {
    await writeFile(join(folder, '.incoming', name), 'half');
    await utimes(join(folder, '.incoming', name), at / 1000, at / 1000);
  }
  await blobs.dropUnfinished(before);
  expect(await readdir(join(folder, '.incoming'))).toEqual(['young']);
});
