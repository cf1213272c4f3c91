import type { Door } from '../route.ts';
import { adminRoutes } from './admin/index.ts';
import { authRoutes } from './auth/index.ts';
import { breakoutRoutes } from './breakouts/index.ts';
import { Failure } from './envelope.ts';
import { error } from './errors.ts';
import { limits } from './limits.ts';
import { meetingRoutes } from './meetings/index.ts';
import { myRoutes } from './my/index.ts';
import { pollRoutes } from './polls/index.ts';
import { seriesRoutes } from './series/index.ts';
import { sessionRoutes } from './sessions/index.ts';
import { userRoutes } from './users/index.ts';
import { webrtcRoutes } from './webrtc/index.ts';

/** Contract E: people, meetings, who is in them and what they say. */
export const meetings: Door = {
  name: 'meetings',
  description: 'The meeting platform: accounts, administration, meetings, sessions and numbers (contract E).',
  routes: [
    ...authRoutes,
    ...userRoutes,
    ...adminRoutes,
    ...meetingRoutes,
    ...breakoutRoutes,
    ...pollRoutes,
    ...seriesRoutes,
    ...myRoutes,
    ...sessionRoutes,
    ...webrtcRoutes,
  ],
  limits,
  prefixes: ['/api/v1'],
  errorSchema: Failure,
  error,
};

export { addAvatarFiles } from './users/index.ts';
