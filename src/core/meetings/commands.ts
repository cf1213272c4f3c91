import type { MeetingChange, MeetingEvent } from './events.ts';
import type { MediaFlags, MeetingSession, ParticipantRole, SessionEnd } from './meeting.ts';

export interface Person {
  userId: number;
  uid: string;
}

/** What somebody, the clock or the engine asks of a meeting. `by`: who wants it; null is a service or nobody. */
export type MeetingCommand =
  | { type: 'update'; change: MeetingChange }
  | { type: 'start' }
  | { type: 'end'; by: number | null }
  | { type: 'cancel'; by: number | null }
  /** `proved`: has said the password, or there is none. */
  | { type: 'join'; person: Person; proved: boolean }
  | { type: 'leave'; userId: number; reason: SessionEnd }
  /** Names somebody: an invitation, or the way in for who waits or was removed. */
  | { type: 'add'; person: Person; role: ParticipantRole | undefined; by: number | null }
  | { type: 'remove'; userId: number; by: number | null }
  | { type: 'role'; userId: number; role: ParticipantRole; by: number | null }
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
  | { type: 'expire' };

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
  /** Somebody else must become host first. */
  | 'host_needed'
  | 'audio_only'
  | 'no_screen_share';

export type Decision = { ok: true; events: readonly MeetingEvent[] } | { ok: false; refusal: Refusal };

export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });
export const accept = (...events: readonly MeetingEvent[]): Decision => ({ ok: true, events });
/** It took effect before, or changes nothing. */
export const nothing: Decision = { ok: true, events: [] };
