import { getSession } from './get-session.ts';
import { messageHistory } from './message-history.ts';
import { overview } from './overview.ts';
import { roomSessions } from './room-sessions.ts';
import { roomStats } from './room-stats.ts';

/** What section 6 of contract E has beside its socket. */
export const sessionRoutes = [getSession, roomSessions, messageHistory, overview, roomStats];
