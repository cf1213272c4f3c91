/** The public face of parley-client. */
export type { Account, Accounts, ProfileChanges, Registration, Session } from './accounts.ts';
export { accounts } from './accounts.ts';
export type { Admin, AuditEntry, MeetingNumbers, Overview, UserQuery } from './admin.ts';
export type * from './breakout-types.ts';
export { Call } from './call.ts';
export type { AnswerOptions, CallEvents } from './call-events.ts';
export type { CarrierHooks, RoomCarrier, RoomTicket } from './call-room.ts';
export type { ClientEvents } from './client.ts';
export { Client, connect } from './client.ts';
export type { ErrorDetails, ErrorReason } from './errors.ts';
export { ParleyError } from './errors.ts';
export type { GuestAsk, GuestDoor, GuestPass } from './guests.ts';
export { comeAsGuest, Guest, guestDoor } from './guests.ts';
export type { History } from './history.ts';
export type { DeviceKind } from './media.ts';
export { mediaDevices } from './media.ts';
export type { MeetingLineEvents, MeetingOver } from './meeting-line.ts';
export { MeetingLine } from './meeting-line.ts';
export type * from './meeting-types.ts';
export type { MeetingView } from './meeting-view.ts';
export type { Meetings } from './meetings.ts';
export type { Contacts, Devices, Groups, People } from './people.ts';
export type * from './poll-types.ts';
export type { Polls } from './polls.ts';
export type { ReconnectPolicy } from './reconnect-policy.ts';
export { defaultReconnectPolicy } from './reconnect-policy.ts';
export type {
  NewRoom,
  RoomEntry,
  RoomInfo,
  RoomMember,
  RoomMemberStatus,
  RoomStatus,
  Rooms,
} from './rooms.ts';
export type { SeriesOfMeetings } from './series.ts';
export type * from './series-types.ts';
export type * from './types.ts';
