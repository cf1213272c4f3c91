import { afterAll, beforeAll, expect, it } from 'vitest';
import { api, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ rateLimits: true, trustProxy: '127.0.0.1' });
});
afterAll(() => server.close());

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The contract's table, as it is written there and not as the server has it: so many in so many seconds. */
const TABLE: readonly (readonly [limit: number, window: number, ...routes: string[]])[] = [
  [5, MINUTE, 'POST auth/register', 'POST auth/login'],
  [10, MINUTE, 'POST auth/refresh'],
  [3, HOUR, 'POST auth/forgot-password'],
  [5, HOUR, 'POST auth/reset-password'],

  [100, MINUTE, 'GET users/profile'],
  [50, MINUTE, 'PUT users/profile'],
  [10, HOUR, 'POST users/change-password', 'POST users/upload-avatar'],
  [1, DAY, 'DELETE users/account'],

  [50, MINUTE, 'GET admin/users'],
  [100, MINUTE, 'GET admin/users/1'],
  [50, MINUTE, 'PUT admin/users/1'],
  [20, MINUTE, 'DELETE admin/users/1', 'POST admin/users/1/ban', 'POST admin/users/1/unban'],

  [100, MINUTE, 'GET meetings', 'GET meetings/1', 'GET meetings/1/participants', 'GET meetings/1/messages'],
  [100, MINUTE, 'POST meetings/1/join', 'POST meetings/1/leave', 'POST meetings/1/messages'],
  [50, MINUTE, 'POST meetings', 'PUT meetings/1', 'DELETE meetings/1'],
  [50, MINUTE, 'POST meetings/1/start', 'POST meetings/1/end', 'POST meetings/1/participants'],
  [50, MINUTE, 'DELETE meetings/1/participants/1', 'PUT meetings/1/participants/1/role'],

  [100, MINUTE, 'GET my/meetings', 'GET my/meetings/upcoming', 'GET my/meetings/history'],

  [100, MINUTE, 'GET sessions/ses_1', 'GET sessions/room/1', 'GET messages/history/1'],
  [50, MINUTE, 'GET stats/overview', 'GET stats/rooms'],

  [100, MINUTE, 'GET webrtc/room/1/peers'],
  [50, MINUTE, 'GET webrtc/room/1/stats', 'POST webrtc/peer/1/media'],
];

let addresses = 0;

it.each(TABLE.flatMap(([limit, window, ...routes]) => routes.map((route) => ({ route, limit, window }))))(
  '$route: $limit in $window s, and not one more',
  async ({ route, limit, window }) => {
    const from = `198.51.100.${++addresses}`;
    const [method = '', path] = route.split(' ');
    // Refused for what they lack: they count all the same, and change nothing.
    const ask = () =>
      api(server, method, `/api/v1/${path}`, {
        headers: { 'x-forwarded-for': from },
        ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }),
      });
    const first = await Promise.all(Array.from({ length: limit }, ask));
    for (const { status } of first) expect([400, 401]).toContain(status);
    const { status, headers } = await ask();
    expect(status).toBe(429);
    expect(headers.get('ratelimit-policy')).toBe(`${limit};w=${window}`);
    const wait = Number(headers.get('retry-after'));
    expect(wait).toBeGreaterThan(window - 60);
    expect(wait).toBeLessThanOrEqual(window);
  },
);
