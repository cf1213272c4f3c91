import type { EndReason } from './types.ts';

/** What a `call:hang_up` frame's reason means to a person. */
export function reasonOfHangUp(reason: string | undefined): EndReason {
  switch (reason) {
    case 'cancelled':
      return 'cancelled';
    case 'timeout':
      return 'missed';
    case 'busy':
      return 'busy';
    case 'rejected':
    case 'declined':
      return 'rejected';
    case 'unavailable':
      return 'unavailable';
    case 'lost':
      return 'lost';
    case 'media_error':
      return 'media_error';
    case 'error':
      return 'error';
    case 'answered_elsewhere':
      return 'answered_elsewhere';
    default:
      return 'hung_up';
  }
}

/** Likewise a `call:reject` frame's. */
export function reasonOfReject(reason: string | undefined): EndReason {
  if (reason === 'busy') return 'busy';
  if (reason === 'no_answer') return 'missed';
  return reason === 'media_error' ? 'media_error' : 'rejected';
}

/** How a call that ended by a person's part ended. */
export function reasonOfLeg(state: string): EndReason {
  switch (state) {
    case 'busy':
      return 'busy';
    case 'missed':
      return 'missed';
    case 'rejected':
      return 'rejected';
    case 'cancelled':
      return 'cancelled';
    default:
      return 'hung_up';
  }
}
