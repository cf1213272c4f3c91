/** Everything that can go wrong, in words an application can act on. */
export type ErrorReason =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'network'
  | 'media_denied'
  | 'media_missing'
  | 'media_in_use'
  | 'insecure'
  | 'invalid'
  | 'limit'
  | 'unavailable'
  | 'internal';

/** What is known beyond the reason; which of them are there depends on who refused. */
export interface ErrorDetails {
  /** HTTP status or the code of an `error` frame. */
  status?: number;
  /** Business code of the accounts' API (1001 username taken, 1004 wrong password, ...). */
  code?: number | string;
  /** The field of the request that was wrong. */
  field?: string;
  /** Seconds to wait after too many requests. */
  retryAfter?: number;
  /** The live call that stands in the way. */
  callId?: string;
  [key: string]: unknown;
}

/** The one error this library throws and emits. Made by the statics, told apart by `reason`. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly reason: ErrorReason;
  readonly details?: ErrorDetails;

  protected constructor(reason: ErrorReason, message: string, details?: ErrorDetails, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
    if (details) this.details = details;
  }

  static unauthenticated(message = 'The token is not valid (any more)', details?: ErrorDetails) {
    return new ParleyError('unauthenticated', message, details);
  }
  static forbidden(message: string, details?: ErrorDetails) {
    return new ParleyError('forbidden', message, details);
  }
  static notFound(message: string, details?: ErrorDetails) {
    return new ParleyError('not_found', message, details);
  }
  static conflict(message: string, details?: ErrorDetails) {
    return new ParleyError('conflict', message, details);
  }
  static network(message: string, cause?: unknown) {
    return new ParleyError('network', message, undefined, cause);
  }
  static insecure() {
    return new ParleyError('insecure', 'Microphone and camera need https:// or localhost');
  }
  static invalid(message: string, details?: ErrorDetails) {
    return new ParleyError('invalid', message, details);
  }
  static unavailable(message: string, details?: ErrorDetails) {
    return new ParleyError('unavailable', message, details);
  }
  static internal(message: string, cause?: unknown) {
    return new ParleyError('internal', message, undefined, cause);
  }

  /** From an HTTP status, or an `error` frame's code, which uses the same numbers. */
  static status(status: number, message: string, details: ErrorDetails = {}) {
    const word = typeof details.code === 'string' ? REASONS_OF_WORDS[details.code] : undefined;
    return new ParleyError(word ?? reasonOfStatus(status), message, { status, ...details });
  }

  /** From what `getUserMedia` and `getDisplayMedia` reject with. */
  static media(cause: unknown) {
    const name = cause instanceof Error ? cause.name : '';
    const message = cause instanceof Error ? cause.message : String(cause);
    return new ParleyError(MEDIA_REASONS[name] ?? 'internal', message || name, { name }, cause);
  }

  /** Whatever was caught, as one of ours. */
  static of(cause: unknown) {
    if (cause instanceof ParleyError) return cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    return new ParleyError('internal', message, undefined, cause);
  }
}

const MEDIA_REASONS: Record<string, ErrorReason> = {
  NotAllowedError: 'media_denied',
  PermissionDeniedError: 'media_denied',
  SecurityError: 'media_denied',
  NotFoundError: 'media_missing',
  DevicesNotFoundError: 'media_missing',
  OverconstrainedError: 'media_missing',
  NotReadableError: 'media_in_use',
  AbortError: 'media_in_use',
};

/** The servers' error words, which say more than a status: a full call is 409 and `limit`. */
const REASONS_OF_WORDS: Record<string, ErrorReason> = {
  invalid: 'invalid',
  unauthenticated: 'unauthenticated',
  forbidden: 'forbidden',
  not_found: 'not_found',
  gone: 'not_found',
  conflict: 'conflict',
  busy: 'conflict',
  limit: 'limit',
  too_large: 'invalid',
  unsupported: 'invalid',
  unavailable: 'unavailable',
  internal: 'internal',
};

function reasonOfStatus(status: number): ErrorReason {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not_found';
    case 409:
      return 'conflict';
    case 429:
      return 'limit';
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return status >= 500 ? 'internal' : 'invalid';
  }
}
