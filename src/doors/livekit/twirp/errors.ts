import type { RpcError } from '@livekit/protocol';
import type { ErrorCode } from '../../../core/errors.ts';
import { toParleyError } from '../../../core/errors.ts';
import { DENIED, NO_ROOM } from '../refusal.ts';

/** Twirp's codes, as far as they are used here, and their statuses. */
const STATUS = {
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  bad_route: 404,
  invalid_argument: 400,
  malformed: 400,
  canceled: 408,
  failed_precondition: 412,
  already_exists: 409,
  resource_exhausted: 429,
  unimplemented: 501,
  unavailable: 503,
  internal: 500,
} as const;

export type TwirpCode = keyof typeof STATUS;

export class TwirpError extends Error {
  readonly code: TwirpCode;
  readonly meta: Readonly<Record<string, string>>;

  constructor(code: TwirpCode, message: string, meta: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.meta = meta;
  }

  get status(): number {
    return STATUS[this.code];
  }

  /** What is sent; an empty `meta` is left out, as Twirp does. */
  get body(): string {
    const meta = Object.keys(this.meta).length > 0 ? { meta: this.meta } : {};
    return JSON.stringify({ code: this.code, msg: this.message, ...meta });
  }
}

/** LiveKit's answer to somebody without the grant is that of somebody unknown. */
export const denied = () => new TwirpError('unauthenticated', DENIED);

export const badRoute = (message: string, method: string, path: string) =>
  new TwirpError('bad_route', message, { twirp_invalid_route: `${method} ${path}` });

const CODES: Readonly<Record<ErrorCode, TwirpCode>> = {
  invalid: 'invalid_argument',
  unauthenticated: 'unauthenticated',
  forbidden: 'permission_denied',
  not_found: 'not_found',
  conflict: 'already_exists',
  gone: 'not_found',
  busy: 'failed_precondition',
  limit: 'resource_exhausted',
  too_large: 'invalid_argument',
  unsupported: 'unimplemented',
  unavailable: 'unavailable',
  internal: 'internal',
};

/** LiveKit's own words, which its clients compare. */
const WORDS: Readonly<Record<string, readonly [TwirpCode, string]>> = {
  'room.unknown': ['not_found', NO_ROOM],
  'room.no_member': ['not_found', 'participant does not exist'],
  'room.no_track': ['not_found', 'track is not found'],
  'room.remote_unmute': ['failed_precondition', 'remote unmute not enabled'],
  'room.cloud_only': ['unimplemented', 'not implemented'],
};

const RPC_CODES: Readonly<Record<number, TwirpCode>> = {
  1400: 'invalid_argument',
  1401: 'not_found',
  1402: 'malformed',
  1403: 'unimplemented',
  1404: 'unimplemented',
  1501: 'canceled',
  1502: 'canceled',
  1503: 'unavailable',
  1504: 'malformed',
};

/** What a client's method failed with, as LiveKit tells it. */
export function rpcError({ code, message, data }: RpcError): TwirpError {
  const words = `RpcError ${code}: ${message}${data === '' ? '' : `: ${data}`}`;
  return new TwirpError(RPC_CODES[code] ?? 'internal', words);
}

/** Where LiveKit looks for somebody it does not ask for the room first. */
export function nobodyThere(thrown: unknown): never {
  if (toParleyError(thrown).key !== 'room.unknown') throw thrown;
  throw new TwirpError('not_found', 'participant does not exist');
}

export function twirpError(thrown: unknown): TwirpError {
  if (thrown instanceof TwirpError) return thrown;
  const { code, key, details } = toParleyError(thrown);
  const [known, words] = WORDS[key] ?? [];
  if (known !== undefined && words !== undefined) return new TwirpError(known, words);
  if (code === 'internal') return new TwirpError('internal', 'internal error');
  const { field } = details;
  if (typeof field !== 'string') return new TwirpError(CODES[code], key);
  return new TwirpError(CODES[code], `${field} is not valid`, { argument: field });
}
