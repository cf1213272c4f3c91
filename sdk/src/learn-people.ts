import type { Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import type { RestCall } from './history.ts';
import type { WireLegState } from './protocol.ts';

const STATES: Record<string, WireLegState> = {
  calling: 'invited',
  ringing: 'ringing',
  connected: 'joined',
  ended: 'left',
  rejected: 'rejected',
  missed: 'missed',
  cancelled: 'cancelled',
};

/** Asks who is in a call, by name: frames tell only of whoever calls. */
export async function learnPeople(call: Call, context: CallContext): Promise<void> {
  const detail = await context.rest.get<RestCall>(`/api/v1/rtc/call/${encodeURIComponent(call.id)}`);
  const people = [
    {
      userId: detail.callerId,
      userName: detail.callerName,
      userAvatar: detail.callerAvatar,
      status: 'connected',
    },
    ...(detail.calleeInfo ?? []),
  ];
  call.ofGroup(detail.groupId);
  for (const { userId, userName, userAvatar, status } of people) {
    if (userId === context.me) continue;
    context.learn({ uid: userId, name: userName || userId, avatarUrl: userAvatar || null });
    const person = context.person(userId);
    // Of people known already the frames tell more lately than this answer.
    const known = call.participants.has(userId);
    call.update(userId, known ? { person } : { person, state: STATES[status] ?? 'invited' });
  }
}
