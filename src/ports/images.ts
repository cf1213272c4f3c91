export interface PictureRules {
  /** Of the sides of the square that comes out, in pixels. */
  side: number;
  /** Pictures of more pixels are refused before they are unpacked. */
  maxPixels: number;
}

export interface Images {
  /**
   * The middle of a PNG, JPEG or WebP as a square WebP with nothing in it but the picture. What it is,
   * is told by its content. Throws `invalid` (`upload.failed`) for anything else, whatever breaks in
   * it, and for more pixels than may be; what the content throws is thrown on.
   */
  square(content: AsyncIterable<Uint8Array>, rules: PictureRules): Promise<Uint8Array>;
}
