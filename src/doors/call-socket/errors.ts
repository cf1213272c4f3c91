import type { ErrorCode, ParleyError } from '../../core/errors.ts';
import type { Locale } from '../locale.ts';
import type { Door } from '../route.ts';
import { sayError } from '../words.ts';
import type { ServerFrame } from './server-frames.ts';

const HTTP: Record<ErrorCode, number> = {
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

/** The contract's number for an error. A call that is not the sender's is as good as unknown. */
export function numberOf({ code, key }: ParleyError): number {
  if (key === 'call.not_in_call') return 404;
  return key === 'call.full' ? 409 : HTTP[code];
}

/** `{success: false, message, code}` with the HTTP status as `code`: over REST, and for a refused upgrade. */
export const error: Door['error'] = (problem, { locale }) => {
  const status = numberOf(problem);
  return { status, body: { success: false, message: sayError(problem, locale), code: status } };
};

/** The same on an open socket. */
export function errorFrame(problem: ParleyError, locale: Locale): ServerFrame {
  const { callId } = problem.details;
  return {
    type: 'error',
    data: {
      message: sayError(problem, locale),
      code: numberOf(problem),
      ...(typeof callId === 'string' ? { callId } : {}),
    },
  };
}
