import { addParticipant } from './add-participant.ts';
import { calendarFile } from './calendar-file.ts';
import { createMeeting } from './create-meeting.ts';
import { deleteMeeting } from './delete-meeting.ts';
import { endMeeting } from './end-meeting.ts';
import { getMeeting } from './get-meeting.ts';
import { guestDoor } from './guest-door.ts';
import { guestToken } from './guest-token.ts';
import { invite } from './invite.ts';
import { joinMeeting } from './join-meeting.ts';
import { leaveMeeting } from './leave-meeting.ts';
import { listInvitations } from './list-invitations.ts';
import { listMeetings } from './list-meetings.ts';
import { listMessages } from './list-messages.ts';
import { listParticipants } from './list-participants.ts';
import { lockMeeting } from './lock-meeting.ts';
import { mute } from './mute.ts';
import { raiseHand } from './raise-hand.ts';
import { removeParticipant } from './remove-participant.ts';
import { sendMessage } from './send-message.ts';
import { setRole } from './set-role.ts';
import { startMeeting } from './start-meeting.ts';
import { takeBackInvitation } from './take-back-invitation.ts';
import { updateMeeting } from './update-meeting.ts';

/** Section 4 of contract E, and what it lacks. */
export const meetingRoutes = [
  createMeeting,
  listMeetings,
  getMeeting,
  updateMeeting,
  deleteMeeting,
  startMeeting,
  endMeeting,
  joinMeeting,
  leaveMeeting,
  listParticipants,
  addParticipant,
  removeParticipant,
  setRole,
  listMessages,
  sendMessage,
  lockMeeting,
  mute,
  raiseHand,
  invite,
  listInvitations,
  takeBackInvitation,
  calendarFile,
  guestDoor,
  guestToken,
];
