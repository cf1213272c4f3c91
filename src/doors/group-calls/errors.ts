import type { ErrorDetails, ParleyError } from '../../core/errors.ts';
import type { Door } from '../route.ts';
import { statusOf } from '../status.ts';
import { sayError } from '../words.ts';

/** `{success: false, error: {code, message, details?}}`. */
export const error: Door['error'] = (problem, { locale }) => {
  const status = statusOf(problem);
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
