import type { CallState } from '../../core/calls/index.ts';
import type { ParleyError } from '../../core/errors.ts';
import type { Door } from '../route.ts';
import { statusOf } from '../status.ts';
import { say } from '../words.ts';
import { statuses } from './words.ts';

/** `{code, message, data: null}` with the HTTP status as `code`; glare names the live call in `data`. */
export const error: Door['error'] = (problem, { locale }) => {
  const status = statusOf(problem);
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
