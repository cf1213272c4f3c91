import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../src/adapters/engine/fake.ts';
import { api, startTestServer, type TestServer } from '../support/server.ts';
import { ACTORS, type Actor, tokenOf } from './actors.ts';
import { registeredRoutes } from './routes.ts';
import type { Case, Rows } from './row.ts';
import { open } from './row.ts';
import { callServiceRows } from './rows/call-service.ts';
import { callSocketRows } from './rows/call-socket.ts';
import { groupCallsRows } from './rows/group-calls.ts';
import { hostRows } from './rows/host.ts';
import { meetingRouteRows } from './rows/meeting-routes.ts';
import { meetingsRows } from './rows/meetings.ts';
import { isFile, opsRows } from './rows/ops.ts';
import { peopleRows } from './rows/people.ts';
import { pollRows } from './rows/polls.ts';
import { roomsRows } from './rows/rooms.ts';
import { seriesRows } from './rows/series.ts';
import { makeScene, type Scene, snapshot } from './scene.ts';

const ROWS: Rows = {
  ...callServiceRows,
  ...groupCallsRows,
  ...callSocketRows,
  ...roomsRows,
  ...meetingsRows,
  ...meetingRouteRows,
  ...pollRows,
  ...seriesRows,
  ...hostRows,
  ...peopleRows,
  ...opsRows,
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(
    // No invitation runs out while who may ask what is compared.
    { ringMs: 3_600_000 },
    { engine: new FakeEngine() },
  );
});
afterAll(() => server.close());

/** Who asks, for requests in one's own name; without a person of their own, they claim to be the owner. */
const personOf = (scene: Scene, actor: Actor) =>
  actor === 'other' ? scene.other : actor === 'admin' ? scene.admin : scene.owner;

async function attempt(scene: Scene, route: string, one: Case, actor: Actor) {
  const [method = ''] = route.split(' ');
  const { path, body } = await one.ask(scene, personOf(scene, actor));
  const token = await tokenOf(scene, actor);
  const before = await snapshot(scene);
  const { status } = await api(server, method, path, {
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body }),
  });
  return { status, before };
}

describe('every route has a row and every row a route', () => {
  test('in the running server', () => {
    const routes = registeredRoutes(server).filter((route) => !isFile(route));
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter((route) => !(route in ROWS))).toEqual([]);
    expect(Object.keys(ROWS).filter((route) => !routes.includes(route))).toEqual([]);
  });
});

describe('who may use each route', () => {
  for (const [route, cases] of Object.entries(ROWS)) {
    for (const one of cases) {
      const title = one.name === undefined ? route : `${route} (${one.name})`;
      test(title, async () => {
        const answers: Partial<Record<Actor, number>> = {};
        const refusedIn = await makeScene(server);
        for (const actor of ACTORS) {
          const refused = one.expect[actor] >= 400;
          const scene = refused ? refusedIn : await makeScene(server);
          const { status, before } = await attempt(scene, route, one, actor);
          answers[actor] = status;
          if (refused)
            expect(await snapshot(scene), `${actor} was refused and changed something`).toEqual(before);
        }
        expect(answers).toEqual(one.expect);
      });
    }
  }
});

test('files are the same for everybody', async () => {
  const files = registeredRoutes(server).filter(isFile);
  const scene = await makeScene(server);
  for (const route of files) {
    const one = open(() => ({ path: route.slice('GET '.length) }));
    for (const actor of ACTORS) {
      expect((await attempt(scene, route, one, actor)).status, `${route} as ${actor}`).toBe(200);
    }
  }
});
