import { administrationContract } from './administration.contract.ts';
import { breakoutsContract } from './breakouts.contract.ts';
import { callsContract } from './calls.contract.ts';
import { invitationsContract } from './invitations.contract.ts';
import { logContract } from './log.contract.ts';
import { meetingSessionsContract } from './meeting-sessions.contract.ts';
import { meetingsContract } from './meetings.contract.ts';
import { messagesContract } from './messages.contract.ts';
import { peopleContract } from './people.contract.ts';
import { pollsContract } from './polls.contract.ts';
import { roomsContract } from './rooms.contract.ts';
import { seriesContract } from './series.contract.ts';
import type { Subject } from './subject.ts';
import { transactionsContract } from './transactions.contract.ts';
import { usersContract } from './users.contract.ts';

/** What every store must do; run on each real database. */
export function storeContract(subject: () => Subject): void {
  usersContract(subject);
  administrationContract(subject);
  peopleContract(subject);
  callsContract(subject);
  roomsContract(subject);
  meetingsContract(subject);
  breakoutsContract(subject);
  meetingSessionsContract(subject);
  messagesContract(subject);
  seriesContract(subject);
  invitationsContract(subject);
  pollsContract(subject);
  logContract(subject);
  transactionsContract(subject);
}
