import type { CallEvent } from './events.ts';

/**
 * What somebody (or the clock) asks of a live call. `by` is the uid of whose leg it is about;
 * `device` names the asking device and `bound` says that it has a live socket.
 */
export type CallCommand =
  | { type: 'ring'; by: string }
  | { type: 'answer'; by: string; device: string | null; bound: boolean }
  | { type: 'reject'; by: string; reason: string }
  | { type: 'hangUp'; by: string; reason: string }
  | { type: 'cancel'; by: string }
  | { type: 'leave'; by: string }
  | { type: 'invite'; by: string; people: readonly Invitee[] }
  | { type: 'join'; by: string; userId: number; device: string | null; bound: boolean; allowed: boolean }
  | { type: 'media'; by: string; muted?: boolean; videoOn?: boolean; device?: { type: string; id: string } }
  | { type: 'unreachable'; by: string }
  /** `anew` starts a grace over that had begun: a restarted server gives everybody the whole of it. */
  | { type: 'lose'; by: string; device: string; anew?: boolean }
  | { type: 'bind'; by: string; device: string }
  | { type: 'expire' };

/** Somebody to be asked in; `busy` people are marked so in the call and never ring. */
export interface Invitee {
  userId: number;
  uid: string;
  busy: boolean;
}

/** Why a command is not taken. Nothing changes. */
export type Refusal =
  /** The call can no longer take it: it is over, or this person's part is. */
  | 'over'
  /** Another device of the same person answered. */
  | 'answered_elsewhere'
  /** Not somebody of this call. */
  | 'not_in_call'
  /** Not this person's to do (a callee cancels, a stranger joins). */
  | 'not_yours'
  /** More people than a mesh carries. */
  | 'full';

/** `events` empty and `repeat` true: the command took effect before; answer as the first time. */
export type Decision =
  | { ok: true; events: readonly CallEvent[]; repeat: boolean }
  | { ok: false; refusal: Refusal };

export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });
export const accept = (...events: CallEvent[]): Decision => ({ ok: true, events, repeat: false });
export const repeated: Decision = { ok: true, events: [], repeat: true };
/** The command is fine and changes nothing (a ring that came too late, an expiry before its time). */
export const nothing: Decision = { ok: true, events: [], repeat: false };
