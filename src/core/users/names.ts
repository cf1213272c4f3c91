import { ParleyError } from '../errors.ts';
import { isUid, numericUid } from '../ids.ts';

/** What people may be called, checked in one place for every door. */

export const NAME_MAX = 64;
export const EMAIL_MAX = 254;
export const URL_MAX = 1024;
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

const refuse = (field: string, key: string) => new ParleyError('invalid', key, { field });

/** Control characters and direction overrides would let a name pose as something else. */
const POSING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A name to be shown: trimmed, of one line, not empty. */
export function cleanName(value: string, field: string): string {
  const name = value.trim();
  if (name.length === 0 || name.length > NAME_MAX || POSING.test(name)) throw refuse(field, 'user.bad_name');
  return name;
}

/** The same from where nobody can be told that it is wrong: what cannot be shown is left out. */
export const showable = (value: string): string => {
  const letters = [...value.trim()].filter((letter) => !POSING.test(letter));
  // By letters, so that none is cut in half.
  return letters.slice(0, NAME_MAX).join('').trim();
};

/**
 * What somebody chooses to sign in with, and their uid from then on. Digits alone would be somebody's
 * number; an `@` is for e-mail addresses, so that no name can stand in for another's address.
 */
export function cleanUsername(value: string, field = 'username'): string {
  if (!isUid(value) || value.includes('@')) throw refuse(field, 'user.bad_username');
  if (/^\d+$/.test(value)) throw refuse(field, 'user.digits');
  return value;
}

/** An address, lower-cased: mailboxes that differ in case alone are one person's. */
export function cleanEmail(value: string, field = 'email'): string {
  const email = value.trim().toLowerCase();
  if (email.length > EMAIL_MAX || !/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email))
    throw refuse(field, 'user.bad_email');
  return email;
}

/** A picture's address: the web's only, for browsers will load it. */
export function cleanUrl(value: string, field = 'avatar_url'): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (value.length > URL_MAX || !url || !['http:', 'https:'].includes(url.protocol))
    throw refuse(field, 'user.bad_url');
  return value;
}

export function checkPassword(value: string, field = 'password'): string {
  const { length } = [...value];
  if (length < PASSWORD_MIN || length > PASSWORD_MAX) throw refuse(field, 'user.bad_password');
  return value;
}

/** The id a uid brings with it: its own number when it is of digits alone, else none. */
export function idOfUid(uid: string, field = 'uid'): number | undefined {
  if (!isUid(uid)) throw refuse(field, 'user.bad_uid');
  if (!/^\d+$/.test(uid)) return undefined;
  const id = numericUid(uid);
  if (id === undefined) throw refuse(field, 'user.bad_uid');
  return id;
}
