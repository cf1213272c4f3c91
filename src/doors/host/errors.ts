import type { ErrorCode } from '../../core/errors.ts';
import type { Door } from '../route.ts';
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

/** `{error: {code, message, details?}}`, the code in the core's own words. */
export const error: Door['error'] = (problem, { locale }) => {
  // A full group is no matter of how often one asks.
  const status = problem.key === 'group.full' ? 409 : HTTP[problem.code];
  const details = Object.keys(problem.details).length > 0 ? { details: problem.details } : {};
  return { status, body: { error: { code: problem.code, message: sayError(problem, locale), ...details } } };
};
