import { Type } from 'typebox';
import type { Door } from '../route.ts';
import { error } from './errors.ts';
import { iceServers } from './ice-servers.ts';

/** Contract C over REST; its frames are `CallSocketDoor`'s. */
export const callSocket: Door = {
  name: 'call-socket',
  description: 'ICE servers over REST; the calls themselves are on the socket `/ws` (contract C).',
  routes: [iceServers],
  prefixes: ['/api/rtc', '/ws'],
  errorSchema: Type.Object({
    success: Type.Literal(false),
    message: Type.String(),
    code: Type.Integer({ description: 'The HTTP status' }),
  }),
  error,
};
