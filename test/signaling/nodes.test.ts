import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, redisUrl } from '../support/databases.ts';
import type { TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { enter, people, plan } from './client.ts';

/** Two nodes on one PostgreSQL and one Redis: where a socket is makes no difference. */
let database: FreshDatabase;
let one: TestServer;
let two: TestServer;
beforeAll(async () => {
  database = await freshDatabase('postgres');
  const settings = { databaseUrl: database.url, redisUrl: `${redisUrl()}/9` };
  // Both sign with one key: a ticket of one node opens a socket on the other.
  one = await startTestServer(settings);
  two = await startTestServer({ ...settings, dataDir: one.dataDir });
  for (const node of [one, two]) {
    await waitFor(async () => (await api(node, 'GET', '/ready')).status === 200, {
      reason: 'the node to be ready',
    });
  }
});
afterAll(async () => {
  await two?.close();
  await one?.close();
  await database?.[Symbol.asyncDispose]();
});

describe('a meeting on two nodes', () => {
  it('relays in order, chats in one order, and tells of who comes and goes', async () => {
    const [ann, bob, cy] = await people(one, 'ann', 'bob', 'cy');
    const id = await plan(one, ann);
    const a = await enter(one, ann, id);
    const b = await enter(two, bob, id);
    const c = await enter(two, cy, id);
    await a.next('user-joined', ({ from }) => from === cy.id);

    for (let n = 0; n < 50; n++) a.send('ice-candidate', { candidate: `candidate:${n}` }, bob.id);
    await b.next('ice-candidate', ({ data }) => data.candidate === 'candidate:49');
    expect(b.of('ice-candidate').map(({ data }) => data.candidate)).toEqual(
      Array.from({ length: 50 }, (_, n) => `candidate:${n}`),
    );
    b.send('answer', { sdp: 'v=0' }, ann.id);
    expect(await a.next('answer')).toMatchObject({ from: bob.id, data: { sdp: 'v=0' } });
    await c.settle();
    expect(c.of('ice-candidate')).toEqual([]);

    for (let n = 0; n < 20; n++) [a, b, c][n % 3]?.send('chat', { content: `${n}` });
    for (const client of [a, b, c]) {
      await waitFor(() => client.of('chat').length === 20, { reason: 'all that was said' });
    }
    const said = (client: typeof a) => client.of('chat').map(({ data }) => data.id);
    expect(said(b)).toEqual(said(a));
    expect(said(c)).toEqual(said(a));

    b.send('media-state', { video: true });
    expect(await a.next('media-state')).toMatchObject({ from: bob.id, data: { video: true } });
    await api(one, 'DELETE', `/api/v1/meetings/${id}/participants/${bob.id}`, { token: ann.token });
    expect((await b.gone()).code).toBe(4011);
    await c.next('user-left', ({ from }) => from === bob.id);
    await api(two, 'POST', `/api/v1/meetings/${id}/end`, { token: ann.token });
    for (const client of [a, c]) expect((await client.gone()).code).toBe(4010);
  });
});
