import type { Door } from '../route.ts';
import { answer } from './answer.ts';
import { error } from './errors.ts';
import { hangup } from './hangup.ts';
import { history } from './history.ts';
import { initiate } from './initiate.ts';
import { reject } from './reject.ts';
import { Failure } from './schema.ts';
import { webrtcConfig } from './webrtc-config.ts';

/** Contract A: calls between two people over REST. */
export const callService: Door = {
  name: 'call-service',
  description: 'Calls between two people, numeric user ids (contract A).',
  routes: [initiate, answer, reject, hangup, history, webrtcConfig],
  // Below them: `/call` itself is of the group calls' door.
  prefixes: ['/api/v1/rtc/call/', '/api/v1/rtc/config/'],
  errorSchema: Failure,
  error,
};
