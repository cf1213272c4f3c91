import { history } from './history.ts';
import { myMeetings } from './my-meetings.ts';
import { upcoming } from './upcoming.ts';

/** Section 5 of contract E. */
export const myRoutes = [myMeetings, upcoming, history];
