import type { RoomEvent } from './events.ts';
import type { MemberStatus, RoomStatus } from './room.ts';

/** Somebody to be asked in; `busy` people are marked so and not asked. */
export interface Invitee {
  userId: number;
  uid: string;
  busy: boolean;
}

/** What somebody, the clock or the engine asks of a room. */
export type RoomCommand =
  | { type: 'join'; userId: number; uid: string; deviceType: string }
  /** `removed`: not of their own will. */
  | { type: 'leave'; uid: string; removed?: boolean }
  | { type: 'invite'; people: readonly Invitee[] }
  /** `steers`: the creator or a service, who may set anything; `removes`: it is about somebody else. */
  | {
      type: 'set';
      uid: string;
      status: MemberStatus;
      steers: boolean;
      removes: boolean;
      /** The person is in something else: what an invitation comes to. */
      busy: boolean;
    }
  | { type: 'status'; status: RoomStatus }
  | { type: 'end' }
  | { type: 'expire' }
  /** The engine's room is there, or over. */
  | { type: 'opened' }
  | { type: 'closed' }
  /** A session of the engine began; `seen` by looking rather than told, so that it is there for certain. */
  | { type: 'entered'; userId: number; uid: string; sid: string; at: number; seen: boolean }
  | { type: 'gone'; uid: string; sid: string };

/** Why a command is not taken. Nothing changes. */
export type Refusal =
  | 'over'
  | 'full'
  | 'no_member'
  /** This state does not follow from the one there is. */
  | 'state';

export type Decision = { ok: true; events: readonly RoomEvent[] } | { ok: false; refusal: Refusal };

export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });
export const accept = (...events: readonly RoomEvent[]): Decision => ({ ok: true, events });
/** It took effect before, or changes nothing. */
export const nothing: Decision = { ok: true, events: [] };
