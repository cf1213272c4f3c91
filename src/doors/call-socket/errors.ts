import type { ParleyError } from '../../core/errors.ts';
import type { Locale } from '../locale.ts';
import type { Door } from '../route.ts';
import { statusOf } from '../status.ts';
import { sayError } from '../words.ts';
import type { ServerFrame } from './server-frames.ts';

/** The contract's number for an error. A call that is not the sender's is as good as unknown. */
export const numberOf = (error: ParleyError): number =>
  error.key === 'call.not_in_call' ? 404 : statusOf(error);

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
