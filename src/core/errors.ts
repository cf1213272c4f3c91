/**
 * The closed list of what can go wrong, in the core's words. Every door owns one total table from
 * code (and key) to its own form; a new code does not compile until all doors map it.
 */
export const ERROR_CODES = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'gone',
  'busy',
  'limit',
  'too_large',
  'unsupported',
  'unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a client may be told beside the message: the field at fault, the live call, its status. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * A refusal the caller is told about. `key` names the message in the doors' word table
 * (`call.in_call`, `user.unknown`); `details` never holds a token, SDP, SQL or stack.
 */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly code: ErrorCode;
  readonly key: string;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, key: string, details: ErrorDetails = {}) {
    super(`${code}: ${key}`);
    this.code = code;
    this.key = key;
    this.details = details;
  }
}

/** The value of a field is wrong; nothing was written. */
export const invalid = (field: string, key = 'invalid.field') => new ParleyError('invalid', key, { field });
export const notFound = (key: string, details?: ErrorDetails) => new ParleyError('not_found', key, details);
export const forbidden = (key: string, details?: ErrorDetails) => new ParleyError('forbidden', key, details);
export const conflict = (key: string, details?: ErrorDetails) => new ParleyError('conflict', key, details);
export const unauthenticated = (key = 'auth.required') => new ParleyError('unauthenticated', key);

/** The single funnel for thrown values: anything unknown becomes `internal` and leaks nothing. */
export function toParleyError(thrown: unknown): ParleyError {
  return thrown instanceof ParleyError ? thrown : new ParleyError('internal', 'internal');
}
