import type { ErrorCode, ParleyError } from '../core/errors.ts';

/** HTTP's word (RFC 9110) for each of the core's codes. Every contract means the same by them. */
const STATUS: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  busy: 409,
  limit: 429,
  too_large: 413,
  unsupported: 415,
  unavailable: 503,
  internal: 500,
};

/** Limits of number, not of pace: asking again later does not help. */
const FULL: ReadonlySet<string> = new Set(['call.full', 'group.full']);

/** The status a door answers an error with, unless its contract says otherwise. */
export const statusOf = ({ code, key }: Pick<ParleyError, 'code' | 'key'>): number =>
  FULL.has(key) ? 409 : STATUS[code];
