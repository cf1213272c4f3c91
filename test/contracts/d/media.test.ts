import { dispose } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe } from 'vitest';
import { EMBEDDED, startTestServer, type TestServer } from '../../support/server.ts';
import { DEPARTURE_S, roomsWithMedia } from './with-media.ts';

describe('contract D on the embedded engine', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ media: { ...EMBEDDED, departureMs: DEPARTURE_S * 1000 } });
  });
  afterAll(async () => {
    await dispose();
    await server.close();
  });
  // In one process nothing is lost on the way.
  roomsWithMedia(() => ({ server, drop: () => {} }));
});
