import type { Door } from '../route.ts';
import { statusOf } from '../status.ts';
import { sayError } from '../words.ts';

/** `{error: {code, message, details?}}`, the code in the core's own words. */
export const error: Door['error'] = (problem, { locale }) => {
  const status = statusOf(problem);
  const details = Object.keys(problem.details).length > 0 ? { details: problem.details } : {};
  return { status, body: { error: { code: problem.code, message: sayError(problem, locale), ...details } } };
};
