import type { FastifyInstance } from 'fastify';
import type { MediaSessions } from '../../core/media/index.ts';
import type { SocketDoor } from '../sockets.ts';
import { allowEveryOrigin } from './cors.ts';
import type { LiveKitApp, LiveKitDoorOptions } from './door.ts';
import { LiveKitDoor } from './door.ts';
import { addRtc } from './rtc.ts';
import { addTwirp } from './twirp/routes.ts';

export interface LiveKitOptions extends LiveKitDoorOptions {
  /** Whether joining makes a room that is not there. */
  readonly autoCreate: boolean;
}

/**
 * LiveKit's door: `/rtc` and what belongs to it, and its server API under `/twirp`. Opened after the
 * app's pages, whose `/` stays theirs. Answers its sockets' doors, for the server's router.
 */
export async function openLiveKit(
  http: FastifyInstance,
  app: LiveKitApp,
  media: MediaSessions,
  options: LiveKitOptions,
): Promise<readonly SocketDoor[]> {
  allowEveryOrigin(http);
  addRtc(http, app, media, options);
  await addTwirp(http, app, media.service, options);
  const door = new LiveKitDoor(app, media, options);
  return [door, door.newer];
}
