import sharp from 'sharp';

/** A picture of one colour, as a file of PNG or another kind. */
export async function aPicture(
  width = 64,
  height = 64,
  format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png',
): Promise<Uint8Array<ArrayBuffer>> {
  const picture = sharp({ create: { width, height, channels: 3, background: '#3366cc' } });
  return new Uint8Array(await picture.toFormat(format).toBuffer());
}
