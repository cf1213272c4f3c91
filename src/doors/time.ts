import { invalid } from '../core/errors.ts';

let last = { second: Number.NaN, text: '' };

/** Contracts A, B, D and E count whole seconds: `2025-11-09T15:00:00Z`. Most often it is the same one again. */
export function wholeSeconds(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== last.second) last = { second, text: `${new Date(ms).toISOString().slice(0, 19)}Z` };
  return last.text;
}

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A moment given in ISO 8601, in milliseconds; without a zone it is UTC. Throws `invalid` naming the field. */
export function instant(text: string, field: string): number {
  // In a query a `+` that nobody escaped has become a space.
  const given = text.trim().replace(/ (\d{2}:?\d{2})$/, '+$1');
  const zoned = !given.includes('T') || /(Z|[+-]\d{2}:?\d{2})$/.test(given) ? given : `${given}Z`;
  const ms = ISO.test(given) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(ms)) throw invalid(field);
  return ms;
}
