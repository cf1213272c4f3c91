import type { Decision, MeetingCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import { differ } from './flags.ts';
import type { Meeting } from './meeting.ts';
import { participantOf } from './meeting.ts';

export function decideMedia(
  meeting: Meeting,
  { userId, flags }: MeetingCommand & { type: 'media' },
): Decision {
  const part = participantOf(meeting, userId);
  if (part?.state !== 'online') return refuse('not_in');
  if (flags.video && meeting.type === 'audio') return refuse('audio_only');
  if (flags.screen && !meeting.settings.screenShare) return refuse('no_screen_share');
  if (!differ(part.media, flags)) return nothing;
  return accept({ type: 'meeting.media', userId, media: { ...part.media, ...flags } });
}

/** Told even of people whose flags say so already: a client may be wrong about itself. */
export function decideMute(
  meeting: Meeting,
  { userIds, kinds, by }: MeetingCommand & { type: 'mute' },
): Decision {
  const there = userIds.filter((userId) => participantOf(meeting, userId)?.state === 'online');
  return there.length === 0 ? nothing : accept({ type: 'meeting.muted', userIds: there, kinds, by });
}

export function decideHand(
  meeting: Meeting,
  { userId, raised }: MeetingCommand & { type: 'hand' },
): Decision {
  const part = participantOf(meeting, userId);
  if (part?.state !== 'online') return refuse('not_in');
  if ((part.handAt !== null) === raised) return nothing;
  return accept({ type: 'meeting.hand', userId, raised });
}
