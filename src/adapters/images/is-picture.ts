/** Whether a file begins as PNG, JPEG or WebP do. Its name and what it is said to be tell nothing. */
export function isPicture(bytes: Uint8Array): boolean {
  const hex = Buffer.from(bytes).toString('hex');
  const png = hex.startsWith('89504e470d0a1a0a');
  const jpeg = hex.startsWith('ffd8ff');
  const webp = hex.startsWith('52494646') && hex.slice(16, 24) === '57454250';
  return png || jpeg || webp;
}
