import { randomBytes } from 'node:crypto';

/** Without letters and digits that are taken for each other, as in LiveKit's ids. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LENGTH = 12;

/** LiveKit's form of an id: `RM_`, `PA_`, `TR_VC` or `EV_` and twelve random letters. Clients rely on the prefix. */
export function newSid(prefix: string): string {
  let sid = prefix;
  while (sid.length < prefix.length + LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      // 228 is the greatest multiple of 57 in a byte: above it, some letters would be likelier.
      if (byte < 228 && sid.length < prefix.length + LENGTH) sid += LETTERS[byte % 57];
    }
  }
  return sid;
}
