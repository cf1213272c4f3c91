import { randomFillSync } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Random bytes are drawn many at a time: asking for a few costs as much. */
const pool = new Uint8Array(4096);
let used = pool.length;

function randomBytes(count: number): Uint8Array {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

/** 26 characters, sortable by time: 48 bits of milliseconds, 80 random bits (the form of a ULID). */
export function sortableId(now = Date.now()): string {
  let time = '';
  for (let left = now, i = 0; i < 10; i++) {
    time = ALPHABET[left % 32] + time;
    left = Math.floor(left / 32);
  }
  let random = '';
  for (const byte of randomBytes(16)) random += ALPHABET[byte & 31];
  return time + random;
}

export const newCallId = (now?: number) => `call_${sortableId(now)}`;
export const newGroupId = (now?: number) => `group_${sortableId(now)}`;
export const newId = (prefix: string, now?: number) => `${prefix}_${sortableId(now)}`;

/** Part "Everywhere" of the contracts: 1-64 of `A-Z a-z 0-9 . _ @ -`. */
export const UID_PATTERN = '^[A-Za-z0-9._@-]{1,64}$';
const UID = new RegExp(UID_PATTERN);
export const isUid = (value: string) => UID.test(value);

/** The numeric id a uid of digits alone stands for, or undefined (`007` and `0` are not ids). */
export function numericUid(uid: string): number | undefined {
  if (!/^[1-9]\d{0,15}$/.test(uid)) return undefined;
  const id = Number(uid);
  return Number.isSafeInteger(id) ? id : undefined;
}
