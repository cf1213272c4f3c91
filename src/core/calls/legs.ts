import type { CallRules, Leg } from './call.ts';
import type { CallEvent, FinalLegState } from './events.ts';

/** A person's part in a call is over. */
export const over = (leg: Leg, state: FinalLegState, reason: string): CallEvent => ({
  type: 'leg.over',
  uid: leg.uid,
  state,
  reason,
});

/** A leg without a live socket has no grace; it ends after the greatest duration at the latest. */
export function joinedEvent(
  person: { userId: number; uid: string },
  by: { device: string | null; bound: boolean },
  createdAt: number,
  rules: CallRules,
): CallEvent {
  return {
    type: 'leg.joined',
    userId: person.userId,
    uid: person.uid,
    device: by.device,
    bound: by.bound,
    deadlineAt: by.bound ? null : createdAt + rules.maxMs,
  };
}
