import { mkdtemp, readdir, rm } from 'node:fs/promises';
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
