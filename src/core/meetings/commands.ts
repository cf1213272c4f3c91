import type { MeetingChange, MeetingEvent, RoomName } from './events.ts';
import type { MediaFlags, MeetingSession, ParticipantRole, Round, SessionEnd } from './meeting.ts';

export interface Person {
  userId: number;
  uid: string;
  /** Has no account; one who has, unless it is said. */
  guest?: boolean;
}

/** Of a breakout room: its meeting wants it. What is steered from there, nobody else does to a room. */
export interface Steered {
  steered?: true;
}

/** What somebody, the clock or the engine asks of a meeting. `by`: who wants it; null is a service or nobody. */
export type MeetingCommand =
  | { type: 'update'; change: MeetingChange }
  | { type: 'start' }
  | ({ type: 'end'; by: number | null } & Steered)
  | { type: 'cancel'; by: number | null }
  /** `proved`: has said the password, or there is none. */
  | { type: 'join'; person: Person; proved: boolean }
  | { type: 'leave'; userId: number; reason: SessionEnd }
  /** Names somebody: an invitation, or the way in for who waits or was removed. */
  | ({ type: 'add'; person: Person; role: ParticipantRole | undefined; by: number | null } & Steered)
  /** Names several who may come; who waits goes on waiting. */
  | { type: 'invite'; people: readonly Person[]; by: number | null }
  | { type: 'remove'; userId: number; by: number | null }
  | ({ type: 'role'; userId: number; role: ParticipantRole; by: number | null } & Steered)
  | { type: 'lock'; locked: boolean }
  | { type: 'hand'; userId: number; raised: boolean }
  | { type: 'media'; userId: number; flags: Partial<MediaFlags> }
  | { type: 'mute'; userIds: readonly number[]; kinds: readonly (keyof MediaFlags)[]; by: number | null }
  /** A signalling socket has opened, or closed. */
  | { type: 'connect'; userId: number; session: NewSession }
  | { type: 'disconnect'; sessionId: string; reason: SessionEnd }
  /**
   * A session of the engine began; `seen` by looking rather than told, so that it is there for
   * certain; `over`: we know it, and it had ended.
   */
  | { type: 'entered'; userId: number; session: NewSession; at: number; seen: boolean; over: boolean }
  | { type: 'gone'; userId: number; sid: string; reason: SessionEnd }
  | { type: 'expire' }
  | BreakoutCommand;

/** Of breakout rooms. */
export type BreakoutCommand =
  | {
      type: 'breakouts.open';
      round: Round;
      rooms: readonly (RoomName & { userIds: readonly number[] })[];
      by: number | null;
    }
  | { type: 'breakouts.move'; userId: number; room: RoomName | null; by: number | null }
  | { type: 'breakouts.help'; userId: number; room: RoomName }
  /** Everybody has so long to finish. Of a room: until the hour that its meeting says. */
  | { type: 'breakouts.close'; graceMs: number; by: number | null }
  | { type: 'breakouts.closing'; closesAt: number; by: number | null }
  | { type: 'breakouts.occupied'; occupied: boolean };

export type NewSession = Pick<MeetingSession, 'id' | 'kind' | 'sid' | 'nodeId' | 'device'>;

/** Why a command is not taken. Nothing changes. */
export type Refusal =
  | 'over'
  /** Not before it has ended. */
  | 'ongoing'
  | 'not_started'
  | 'full'
  | 'locked'
  | 'removed'
  | 'wrong_password'
  /** The one who asks is not in it now. */
  | 'not_in'
  | 'no_participant'
  /** The host's role goes to somebody who is there. */
  | 'not_online'
  /** Who has no account comes in no more. */
  | 'no_guests'
  /** Who has no account is neither host nor moderator. */
  | 'guest'
  /** Somebody else must become host first. */
  | 'host_needed'
  | 'audio_only'
  /** Breakout rooms are open already, are not open, or have none of their own. */
  | 'breakouts_open'
  | 'no_breakouts'
  | 'nested'
  /** Not one's own breakout room. */
  | 'other_room'
  /** A breakout room is what its meeting makes it. */
  | 'steered'
  | 'no_screen_share';

export type Decision = { ok: true; events: readonly MeetingEvent[] } | { ok: false; refusal: Refusal };

export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });
export const accept = (...events: readonly MeetingEvent[]): Decision => ({ ok: true, events });
/** It took effect before, or changes nothing. */
export const nothing: Decision = { ok: true, events: [] };
