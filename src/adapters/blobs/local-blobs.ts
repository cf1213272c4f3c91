import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Blobs, Kept } from '../../ports/blobs.ts';

const KEY = /^(?:[A-Za-z0-9][\w.-]*\/)*[A-Za-z0-9][\w.-]*$/;
/** No key begins with a dot. */
const INCOMING = '.incoming';

/** Files in a folder. What comes in is written aside and moved into place whole. */
export class LocalBlobs implements Blobs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    const path = this.#path(key);
    const aside = join(this.#folder, INCOMING, randomUUID());
    await mkdir(dirname(aside), { recursive: true });
    try {
      await pipeline(content, createWriteStream(aside, { flags: 'wx', flush: true }));
      const { size } = await stat(aside);
      await mkdir(dirname(path), { recursive: true });
      await rename(aside, path);
      return size;
    } finally {
      await rm(aside, { force: true });
    }
  }

  async get(key: string): Promise<Kept | undefined> {
    const file = await unlessGone(open(this.#path(key)));
    if (!file) return undefined;
    const { size } = await file.stat();
    return { size, content: file.createReadStream() };
  }

  async remove(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  async *list(folder: string) {
    for await (const { path, at } of filesIn(this.#path(folder.replace(/\/$/, '')))) {
      yield { key: folder + basename(path), keptAt: at };
    }
  }

  async dropUnfinished(before: number): Promise<void> {
    for await (const { path, at } of filesIn(join(this.#folder, INCOMING))) {
      if (at < before) await rm(path, { force: true });
    }
  }

  #path(key: string): string {
    if (!KEY.test(key)) throw new Error(`not a key: ${key}`);
    return join(this.#folder, key);
  }
}

/** Files of a folder and when they were written last; those that go meanwhile are passed over. */
async function* filesIn(folder: string) {
  const entries = await unlessGone(opendir(folder));
  if (!entries) return;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    const facts = entry.isFile() ? await unlessGone(stat(path)) : undefined;
    if (facts) yield { path, at: facts.mtimeMs };
  }
}

async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
