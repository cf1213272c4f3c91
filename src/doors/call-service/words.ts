import type { CallKind, CallState, Leg } from '../../core/calls/index.ts';

/** The document's words for the core's. */
export const callTypes = { audio: 'AUDIO', video: 'VIDEO' } as const satisfies Record<CallKind, string>;
export const kinds = { AUDIO: 'audio', VIDEO: 'video' } as const;

export const statuses = {
  calling: 'CALLING',
  ringing: 'RINGING',
  connected: 'CONNECTED',
  ended: 'COMPLETED',
  rejected: 'REJECTED',
  missed: 'MISSED',
  cancelled: 'CANCELLED',
} as const satisfies Record<CallState, string>;

export const rejectReasons = { BUSY: 'busy', DECLINED: 'declined', NO_ANSWER: 'no_answer' } as const;

/** Why a callee's part was refused; the document knows no more than busy or not. */
export const reasonOf = (leg: Leg): 'BUSY' | 'DECLINED' => (leg.reason === 'busy' ? 'BUSY' : 'DECLINED');
