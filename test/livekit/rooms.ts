import type { VideoGrant } from 'livekit-server-sdk';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import type { Config } from '../../src/config/config.ts';
import { EMBEDDED, startTestServer, TEST_KEY, TEST_SECRET } from '../support/server.ts';

/** A server with rooms, as somebody with LiveKit's own SDKs uses it. */
export interface Rooms {
  url: string;
  wsUrl: string;
  key: string;
  secret: string;
  service: RoomServiceClient;
  /** A token for a room, made by LiveKit's SDK. */
  token(identity: string, room: string, grant?: VideoGrant): Promise<string>;
  close(): Promise<void>;
}

/** Whether it is this project's server that the tests are about. */
export const OURS = process.env.LIVEKIT_TEST_SERVER === undefined;

/**
 * Starts a server with the embedded engine. `LIVEKIT_TEST_SERVER` (`http://...,key,secret`) names
 * another one that runs already: on a real LiveKit the same tests show that they ask nothing of ours
 * that it does not do.
 */
export async function startRooms(media: Partial<Config['media']> = {}): Promise<Rooms> {
  const [other, key = TEST_KEY, secret = TEST_SECRET] = (process.env.LIVEKIT_TEST_SERVER ?? '').split(',');
  const server = other
    ? { url: other, close: () => Promise.resolve() }
    : await startTestServer({ media: { ...EMBEDDED, ...media }, rateLimits: true });
  return {
    url: server.url,
    wsUrl: server.url.replace(/^http/, 'ws'),
    key,
    secret,
    service: new RoomServiceClient(server.url, key, secret),
    async token(identity, room, grant = {}) {
      const token = new AccessToken(key, secret, { identity, name: `${identity}'s name` });
      token.addGrant({ roomJoin: true, room, ...grant });
      return token.toJwt();
    },
    close: () => server.close(),
  };
}
