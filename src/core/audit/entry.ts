/** What an administrator can do to somebody, and to meetings by that right alone. */
export const AUDIT_ACTIONS = [
  'user.updated',
  'user.banned',
  'user.unbanned',
  'user.deleted',
  'meeting.updated',
  'meeting.ended',
  'meeting.cancelled',
  'meeting.deleted',
  'meeting.participant_removed',
  'meeting.role_changed',
  'meeting.breakouts_opened',
  'meeting.breakouts_moved',
  'meeting.breakouts_closed',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** A value before and after, by the name the contract gives it. */
export type Changes = Readonly<Record<string, { from: string | null; to: string | null }>>;

/** One act of an administrator: who, what, whom, when, from where. Never a secret. */
export interface AuditEntry {
  id: number;
  at: number;
  action: AuditAction;
  /** A person, or the backend of a host application, named by its API key. */
  actorKind: 'user' | 'service';
  actorId: number | null;
  actor: string;
  /** Whom it was done to; of a meeting, its creator. */
  targetId: number;
  /** Their uid; of a meeting, `meeting:17`. */
  target: string;
  address: string;
  requestId: string;
  /** Empty once the person it was done to is deleted. */
  changes: Changes;
  reason: string | null;
}
