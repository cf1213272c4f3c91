import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import { forbidden, notFound, ParleyError } from '../errors.ts';
import { shownAs } from '../users/shown.ts';
import type { User } from '../users/user.ts';
import { cleanContent } from './clean.ts';
import { iso } from './describe.ts';
import { type MeetingMessage, subjectOf } from './meeting.ts';
import { manages } from './steps.ts';

/**
 * A message and its event are one transaction that looks at nobody but the one who speaks: it costs
 * the same in a meeting of two and of a thousand.
 */
export async function say(
  { store, bus, clock }: { store: Store; bus: Bus; clock: Clock },
  id: number,
  user: User,
  content: string,
): Promise<MeetingMessage> {
  const text = cleanContent(content);
  const said = await store.transaction(async (tx) => {
    const at = clock.now();
    // First, for it holds the meeting: what is read then is not older than whatever it waited for.
    const seq = await tx.meetings.bump(id);
    const [head, part] = [await tx.meetings.head(id), await tx.meetings.participant(id, user.id)];
    if (!head) throw notFound('meeting.unknown');
    if (seq === undefined) throw new ParleyError('gone', 'meeting.over');
    if (part?.state !== 'online') throw forbidden('meeting.not_in');
    if (!head.settings.chat && !manages(part)) throw forbidden('meeting.chat_off');
    return record(tx, { id, seq, at }, user, part.id, text);
  });
  bus.publish('committed', { subject: subjectOf(id) });
  return said;
}

/** Keeps what somebody who may has said in a meeting that is held, as its next event. */
export async function record(
  tx: Transaction,
  { id, seq, at }: { id: number; seq: number; at: number },
  user: User,
  participantId: number | null,
  content: string,
): Promise<MeetingMessage> {
  const { id: userId, uid } = user;
  const message = await tx.messages.insert({ id: 0, meetingId: id, userId, uid, content, at });
  const data = {
    meeting_id: id,
    message_id: message.id,
    participant_id: participantId,
    user_id: userId,
    ...shownAs(user),
    content,
    created_at: iso(at),
  };
  await tx.events.append([{ subject: subjectOf(id), seq, at, type: 'meeting.message', data }]);
  return message;
}
