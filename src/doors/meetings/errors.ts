import type { ErrorCode } from '../../core/errors.ts';
import type { Door } from '../route.ts';
import { wholeSeconds } from '../time.ts';
import { sayError } from '../words.ts';

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

/** The contract's own numbers, by the core's keys. */
const BUSINESS: Readonly<Record<string, number>> = {
  'user.username_taken': 1001,
  'user.email_taken': 1002,
  'user.unknown': 1003,
  'auth.wrong_password': 1004,
  'auth.expired': 1005,
};

export const error: Door['error'] = (problem, { locale, requestId }) => {
  const status = HTTP[problem.code];
  const { field } = problem.details;
  const body = {
    code: BUSINESS[problem.key] ?? status,
    message: sayError(problem, locale),
    data: problem.code === 'invalid' && typeof field === 'string' ? { field } : null,
    timestamp: wholeSeconds(Date.now()),
    request_id: requestId,
  };
  return { status, body };
};
