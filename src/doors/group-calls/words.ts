import type { CallState, Leg, LegState } from '../../core/calls/index.ts';

export const STATUSES = [
  'calling',
  'ringing',
  'connected',
  'ended',
  'missed',
  'rejected',
  'cancelled',
] as const satisfies readonly CallState[];

/** How each callee stands, in the words of the call itself. */
export const calleeStatuses: Record<LegState, CallState> = {
  invited: 'calling',
  ringing: 'ringing',
  joined: 'connected',
  left: 'ended',
  rejected: 'rejected',
  busy: 'rejected',
  missed: 'missed',
  cancelled: 'cancelled',
};

/** The document knows no more than busy or not. */
export const rejectReasonOf = (leg: Leg): 'busy' | 'declined' =>
  leg.reason === 'busy' ? 'busy' : 'declined';
