import type { Door } from '../route.ts';
import { statusOf } from '../status.ts';
import { wholeSeconds } from '../time.ts';
import { sayError } from '../words.ts';

/** The contract's own numbers by the core's keys, and beside them two of ours: 2005 and 2006. */
const BUSINESS: Readonly<Record<string, number>> = {
  'user.username_taken': 1001,
  'user.email_taken': 1002,
  'user.unknown': 1003,
  'auth.wrong_password': 1004,
  'auth.expired': 1005,
  'upload.failed': 3001,
  'upload.too_large': 3001,
  'upload.unknown': 3002,
  'meeting.unknown': 2001,
  'meeting.no_guests': 2001,
  'meeting.over': 2002,
  'meeting.full': 2003,
  'meeting.wrong_password': 2004,
  'meeting.locked': 2005,
  'meeting.removed': 2006,
};

export const error: Door['error'] = (problem, { locale, requestId }) => {
  const status = statusOf(problem);
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
