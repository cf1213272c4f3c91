import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SharpImages } from './sharp-images.ts';

const RULES = { side: 512, maxPixels: 1_000_000 };

let folder: string;
let images: SharpImages;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-images-'));
  images = new SharpImages(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* streamed(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}
const square = (bytes: Uint8Array) => images.square(streamed(bytes), RULES);
const red = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#ff0000' } });
const refused = { code: 'invalid', key: 'upload.failed', details: { field: 'file' } };

describe('a picture', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('of %s becomes a square of WebP', async (format) => {
    const made = await square(await red(900, 600).toFormat(format).toBuffer());
    expect(await sharp(made).metadata()).toMatchObject({ format: 'webp', width: 512, height: 512 });
  });

  it('is not made larger', async () => {
    const { width, height } = await sharp(await square(await red(40, 30).png().toBuffer())).metadata();
    expect([width, height]).toEqual([30, 30]);
  });

  it('is turned as its camera was held, and tells nothing of where that was', async () => {
    // The left half is red, the right one blue; lying on its side by its note.
    const blue = await sharp({ create: { width: 50, height: 100, channels: 3, background: '#0000ff' } })
      .png()
      .toBuffer();
    const noted = await red(100, 100)
      .composite([{ input: blue, left: 50, top: 0 }])
      .withExif({ IFD0: { Artist: 'Ann' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(noted.includes('Ann')).toBe(true);
    const made = await square(noted);
    expect(await sharp(made).metadata()).not.toHaveProperty('exif');
    expect(Buffer.from(made).includes('Ann')).toBe(false);
    const { data } = await sharp(made).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [...data.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3)];
    expect(at(50, 10)[0]).toBeGreaterThan(200);
    expect(at(50, 90)[2]).toBeGreaterThan(200);
  });

  it('that moves is its first frame', async () => {
    const frames = await sharp([await red(20, 20).png().toBuffer(), await red(20, 20).png().toBuffer()], {
      join: { animated: true },
    })
      .webp()
      .toBuffer();
    expect((await sharp(await square(frames)).metadata()).pages ?? 1).toBe(1);
  });
});

describe('what is none', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

  it.each([
    ['nothing', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('a picture, honestly')],
    ['SVG', () => Buffer.from(svg)],
    ['GIF', () => red(20, 20).gif().toBuffer()],
    ['TIFF', () => red(20, 20).tiff().toBuffer()],
    ['AVIF', () => red(20, 20).avif().toBuffer()],
    ['a beginning alone', async () => (await red(300, 300).png().toBuffer()).subarray(0, 60)],
    ['SVG behind the beginning of a PNG', () => Buffer.concat([PNG, Buffer.from(svg)])],
    ['a bomb: few bytes, many pixels', () => red(1100, 1000).png().toBuffer()],
  ])('is refused: %s', async (_, make) => {
    await expect(square(await make())).rejects.toMatchObject(refused);
  });

  const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

  it('when it breaks off, that is told', async () => {
    async function* broken() {
      yield PNG;
      throw new Error('the line is gone');
    }
    await expect(images.square(broken(), RULES)).rejects.toThrow('the line is gone');
  });

  it('leaves nothing behind', async () => {
    expect(await readdir(folder)).toEqual([]);
  });
});
