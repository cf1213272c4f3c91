export type { MeetingAsk, MeetingPatch } from './clean.ts';
export type { MeetingConnection, MeetingFeedDeps } from './feed.ts';
export { MeetingFeed } from './feed.ts';
export type { Guest, GuestAsk, GuestsDeps } from './guests.ts';
export { Guests } from './guests.ts';
export type {
  MediaFlags,
  Meeting,
  MeetingHead,
  MeetingMessage,
  MeetingRules,
  MeetingSession,
  MeetingSettings,
  MeetingStatus,
  MeetingType,
  Participant,
  ParticipantRole,
  ParticipantState,
  SessionEnd,
  SessionQuality,
} from './meeting.ts';
export { meetingOf, onlineIn, participantOf, roomOf, subjectOf } from './meeting.ts';
export type { MediaKind, MeetingEntry, MeetingsDeps } from './meetings.ts';
export { Meetings } from './meetings.ts';
export type { ListFilter, Measured, MeetingList, MeetingView, MineFilter, Peer } from './reads.ts';
export { withoutDeleted } from './without-deleted.ts';
