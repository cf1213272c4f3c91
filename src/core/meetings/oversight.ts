import type { Transaction } from '../../ports/store.ts';
import type { AuditAction, Changes } from '../audit/index.ts';
import { record } from '../audit/index.ts';
import type { Asker } from '../calls/ask.ts';
import { closesSooner } from './decide-breakouts.ts';
import { headOf, iso } from './describe.ts';
import type { MeetingChange } from './events.ts';
import type { Meeting, Participant, ParticipantRole } from './meeting.ts';
import { isOver, participantOf, subjectOf } from './meeting.ts';
import { type Action, may, mayActOn } from './roles.ts';

/** What is about to be done, for the log of what administrators do. */
export type Doing =
  | { action: 'update'; change: MeetingChange }
  | { action: 'end' | 'delete' }
  | { action: 'remove'; part: Participant | undefined }
  | { action: 'role'; part: Participant | undefined; role: ParticipantRole }
  | ({ action: 'breakout' } & Apart);

/** What of breakout rooms. */
type Apart =
  | { act: 'opened'; names: readonly string[] }
  | { act: 'moved'; part: Participant; from: string | null; to: string | null }
  | { act: 'closed'; closesAt: number };

/** What the log calls it. */
function actOf(meeting: Meeting, doing: Doing): AuditAction {
  if (doing.action === 'delete') return isOver(meeting) ? 'meeting.deleted' : 'meeting.cancelled';
  return doing.action === 'breakout' ? `meeting.breakouts_${doing.act}` : ACTIONS[doing.action];
}

const ACTIONS = {
  update: 'meeting.updated',
  end: 'meeting.ended',
  remove: 'meeting.participant_removed',
  role: 'meeting.role_changed',
} as const satisfies Record<Exclude<Doing['action'], 'delete' | 'breakout'>, AuditAction>;

/**
 * What an administrator does to a meeting by that right alone is in the audit log, written by its own
 * transaction: a refusal takes it away again. What changes nothing is no act.
 */
export async function note(
  tx: Transaction,
  asker: Asker,
  meeting: Meeting,
  at: number,
  doing: Doing,
): Promise<void> {
  const { principal, requestId = '', ip = '' } = asker;
  if (principal.kind !== 'user' || principal.user.role !== 'admin') return;
  const part = 'part' in doing ? doing.part : undefined;
  const own = participantOf(meeting, principal.user.id);
  if (own && mayBy(own, doing.action, part)) return;
  const changes = changesOf(meeting, doing);
  if (!changes) return;
  const target = part
    ? { id: part.userId, uid: part.uid }
    : { id: meeting.creatorId, uid: subjectOf(meeting.id) };
  await record(tx, { principal, requestId, ip }, { at, action: actOf(meeting, doing), target, changes });
}

/** Whether their part in it lets them do it. */
const mayBy = ({ role, state }: Participant, action: Action, target: Participant | undefined): boolean =>
  state !== 'removed' && may(action, role) && (!target || mayActOn(role, target.role));

/** Undefined where nothing changes. */
function changesOf(meeting: Meeting, doing: Doing): Changes | undefined {
  const id = String(meeting.id);
  switch (doing.action) {
    case 'update':
      return headChanges(meeting, doing.change);
    case 'end':
      return meeting.status === 'ongoing' ? {} : undefined;
    case 'delete':
      return meeting.status === 'scheduled' || isOver(meeting) ? {} : undefined;
    case 'remove':
      if (!doing.part || doing.part.state === 'removed') return undefined;
      return { meeting: { from: id, to: null } };
    case 'role':
      if (!doing.part || doing.part.role === doing.role) return undefined;
      return { meeting: { from: id, to: id }, role: { from: doing.part.role, to: doing.role } };
    case 'breakout':
      return apartChanges(meeting, doing);
  }
}

function apartChanges({ id, round }: Meeting, doing: Apart): Changes | undefined {
  switch (doing.act) {
    case 'opened':
      return { rooms: { from: null, to: textOf(doing.names) } };
    case 'moved':
      return {
        meeting: { from: String(id), to: String(id) },
        room: { from: doing.from, to: doing.to },
      };
    case 'closed': {
      if (!round || !closesSooner(round, doing.closesAt)) return undefined;
      const from = round.closesAt === null ? null : iso(round.closesAt);
      return { closes_at: { from, to: iso(doing.closesAt) } };
    }
  }
}

function headChanges(meeting: Meeting, change: MeetingChange): Changes | undefined {
  const before = Object.entries(headOf(meeting));
  const after = new Map(Object.entries(headOf({ ...meeting, ...change })));
  const differing = before.filter(
    ([name, from]) =>
      textOf(from) !== textOf(after.get(name)) ||
      // Another password for the one before.
      (name === 'has_password' && change.hasPassword !== undefined),
  );
  if (differing.length === 0) return undefined;
  return Object.fromEntries(
    differing.map(([name, from]) => [name, { from: textOf(from), to: textOf(after.get(name)) }]),
  );
}

const textOf = (value: unknown): string | null =>
  value === null || typeof value === 'string' ? value : JSON.stringify(value);
