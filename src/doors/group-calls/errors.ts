import type { ErrorCode, ErrorDetails, ParleyError } from '../../core/errors.ts';
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

/** `{success: false, error: {code, message, details?}}`. */
export const error: Door['error'] = (problem, { locale }) => {
  // A full call is no matter of how often one asks.
  const status = problem.key === 'call.full' ? 409 : HTTP[problem.code];
  const details = detailsOf(problem);
  const about = Object.keys(details).length === 0 ? {} : { details };
  return {
    status,
    body: { success: false, error: { code: problem.code, message: sayError(problem, locale), ...about } },
  };
};

/** A command that came too late is told the state of the call it named, and no more. */
function detailsOf({ code, details }: ParleyError): ErrorDetails {
  return code === 'conflict' && details.status !== undefined ? { status: details.status } : details;
}
