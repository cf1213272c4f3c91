import { Type } from 'typebox';
import type { MeetingSession } from '../../../core/meetings/index.ts';
import { wholeSeconds } from '../../time.ts';
import { OrNull, Time } from '../envelope.ts';
import { timeOrNull } from '../meetings/present.ts';

/** One connection of a participant. */
export const SessionInfo = Type.Object({
  session_id: Type.String({ examples: ['ses_01jc8n3q5t7v9x2b4d6f8h0k1m'] }),
  meeting_id: Type.Integer(),
  participant_id: Type.Integer(),
  user_id: Type.Integer(),
  kind: Type.Unsafe<MeetingSession['kind']>({ type: 'string', enum: ['socket', 'media'] }),
  device: Type.String(),
  started_at: Time,
  ended_at: OrNull(Time),
  duration: OrNull(Type.Integer({ description: 'Seconds; null while it lasts.' })),
  reason: OrNull(Type.String()),
  quality: OrNull(
    Type.Object({ loss: Type.Number({ description: '0 to 1' }), rtt_ms: OrNull(Type.Number()) }),
  ),
});

export const presentConnection = (session: MeetingSession) => ({
  session_id: session.id,
  meeting_id: session.meetingId,
  participant_id: session.participantId,
  user_id: session.userId,
  kind: session.kind,
  device: session.device,
  started_at: wholeSeconds(session.startedAt),
  ended_at: timeOrNull(session.endedAt),
  duration: session.endedAt === null ? null : Math.floor((session.endedAt - session.startedAt) / 1000),
  reason: session.reason,
  quality: session.quality && { loss: session.quality.loss, rtt_ms: session.quality.rttMs },
});
