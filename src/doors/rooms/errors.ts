import type { ParleyError } from '../../core/errors.ts';
import type { Door } from '../route.ts';
import { statusOf } from '../status.ts';
import { sayError } from '../words.ts';

/** `{code, msg}` with the HTTP status as `code`; what the business refuses is 400. */
export const error: Door['error'] = (problem, { locale }) => {
  const status = statusIn(problem);
  return { status, body: { code: status, msg: sayError(problem, locale) } };
};

function statusIn(problem: ParleyError): number {
  const status = statusOf(problem);
  return status === 409 || status === 410 ? 400 : status;
}
