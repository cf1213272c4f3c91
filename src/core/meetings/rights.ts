import type { MemberRights, TrackSourceName } from '../../ports/media-room.ts';
import type { MeetingHead, Participant } from './meeting.ts';
import { manages } from './steps.ts';

/**
 * What the engine lets somebody do: what is off in the settings is refused there, whatever the page
 * shows. Nobody steers a meeting's room by the engine's own API: its roles are not the meeting's.
 */
export function rightsOf(
  { type, settings }: Pick<MeetingHead, 'type' | 'settings'>,
  part: Participant,
): MemberRights {
  const rights = { publish: true, subscribe: true, data: settings.chat || manages(part) };
  if (type === 'video' && settings.screenShare) return rights;
  const sources: TrackSourceName[] = ['microphone'];
  if (type === 'video') sources.push('camera');
  if (settings.screenShare) sources.push('screen_share', 'screen_share_audio');
  return { ...rights, sources };
}

export const sameRights = (one: MemberRights, other: MemberRights): boolean =>
  one.data === other.data && String(one.sources ?? 'any') === String(other.sources ?? 'any');

/** Something is off for them: a ticket of before may have let them do it. */
export const isLimited = ({ data, sources }: MemberRights): boolean => !data || sources !== undefined;
