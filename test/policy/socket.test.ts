import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ACTORS, type Actor, tokenOf } from './actors.ts';
import { makeScene } from './scene.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** 101 when the socket opens, else the status that refused it. */
function knock(
  query: string,
  options: WebSocket.ClientOptions = {},
  protocols: string[] = [],
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.wsUrl}/ws${query}`, protocols, options);
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

const EXPECTED: Record<Actor, number> = {
  owner: 101,
  other: 101,
  admin: 101,
  // A socket is somebody's: a service and a media token are nobody's.
  service: 403,
  media: 403,
  // Calls are between people with accounts.
  guest: 403,
  nobody: 401,
  expired: 401,
  'wrong signature': 401,
  'alg none': 401,
};

test('who may open the socket, by each of the three ways a token comes', async () => {
  const scene = await makeScene(server);
  for (const actor of ACTORS) {
    const token = await tokenOf(scene, actor);
    const ways =
      token === undefined
        ? [await knock('')]
        : [
            await knock(`?token=${token}`),
            await knock('', { headers: { authorization: `Bearer ${token}` } }),
            await knock('', {}, ['bearer', token]),
          ];
    expect(ways, actor).toEqual(ways.map(() => EXPECTED[actor]));
  }
});
