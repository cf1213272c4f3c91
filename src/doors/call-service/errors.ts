import type { CallState } from '../../core/calls/index.ts';
import type { ErrorCode, ParleyError } from '../../core/errors.ts';
import type { Door } from '../route.ts';
import { say } from '../words.ts';
import { statuses } from './words.ts';

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

/** `{code, message, data: null}` with the HTTP status as `code`; glare names the live call in `data`. */
export const error: Door['error'] = (problem, { locale }) => {
  // A full call is no matter of how often one asks.
  const status = problem.key === 'call.full' ? 409 : HTTP[problem.code];
  return {
    status,
    body: { code: status, message: say(problem.key, locale, inWords(problem)), data: data(problem) },
  };
};

function data({ key, details }: ParleyError) {
  return key === 'call.in_call' && typeof details.callId === 'string' ? { callId: details.callId } : null;
}

/** The state of the call in the document's own words. */
function inWords({ details }: ParleyError): ParleyError['details'] {
  const { status } = details;
  const known = typeof status === 'string' && status in statuses;
  return known ? { ...details, status: statuses[status as CallState] } : details;
}
