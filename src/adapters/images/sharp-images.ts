import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import { ParleyError } from '../../core/errors.ts';
import type { Images, PictureRules } from '../../ports/images.ts';
import { isPicture } from './is-picture.ts';

/** Seconds that one picture may take; what takes longer was made to. */
const PATIENCE_S = 10;
const QUALITY = 82;

// Nothing but these three is ever unpacked, whatever a file pretends to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'] });
// A picture after the other on one core: calls need the others.
sharp.concurrency(1);
sharp.cache(false);

/** Pictures by libvips. They are taken in through a file, never whole in memory. */
export class SharpImages implements Images {
  readonly #folder: string;
  #last: Promise<unknown> = Promise.resolve();

  /** `folder` is for what is being taken in. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async square(content: AsyncIterable<Uint8Array>, rules: PictureRules): Promise<Uint8Array> {
    await mkdir(this.#folder, { recursive: true });
    const file = join(this.#folder, randomUUID());
    try {
      await pipeline(content, createWriteStream(file, { flags: 'wx' }));
      if (!isPicture(await beginning(file))) throw failed();
      return await this.#inTurn(() => square(file, rules));
    } finally {
      await rm(file, { force: true });
    }
  }

  /** One at a time: each takes a core and what it is unpacked to. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}

async function square(file: string, { side, maxPixels }: PictureRules): Promise<Uint8Array> {
  try {
    const picture = sharp(file, { limitInputPixels: maxPixels, failOn: 'error', pages: 1 });
    const { width, height } = await picture.metadata();
    const most = Math.min(side, width, height);
    return await picture
      .autoOrient()
      .resize(most, most, { fit: 'cover' })
      .timeout({ seconds: PATIENCE_S })
      .webp({ quality: QUALITY })
      .toBuffer();
  } catch {
    // Whatever libvips says of it, it is no picture for us; its words name files of ours.
    throw failed();
  }
}

const failed = () => new ParleyError('invalid', 'upload.failed', { field: 'file' });

async function beginning(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
