import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { api, startTestServer, type TestServer } from '../support/server.ts';

const ROUNDS = 30;

/** What people do at the same moment, on two servers over one database where the database allows it. */
describe.each(backends())('people at once on %s', (kind) => {
  let database: FreshDatabase;
  let servers: TestServer[];
  beforeAll(async () => {
    database = await freshDatabase(kind);
    const one = () => startTestServer({ databaseUrl: database.url });
    // One process at a time writes an SQLite file.
    servers = kind === 'sqlite' ? [await one()] : [await one(), await one()];
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await database[Symbol.asyncDispose]();
  });

  const on = (i: number) => servers[i % servers.length] as TestServer;
  const post = (i: number, path: string, body: unknown, token?: string) =>
    api(on(i), 'POST', `/api/v1${path}`, { body, ...(token === undefined ? {} : { token }) });

  test('of those who register first, one is the administrator; of one name, one has it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        post(i, '/auth/register', { username: `first${i >> 1}`, password: 'password123' }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(4);
    expect(answers.filter(({ body }) => body.code === 1001)).toHaveLength(4);
    expect(made.filter(({ body }) => body.data.role === 'admin')).toHaveLength(1);
  });

  test('a refresh token is good for one of many who use it', async () => {
    const { body } = await post(0, '/auth/login', { username: 'first0', password: 'password123' });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        post(i, '/auth/refresh', { refresh_token: body.data.refresh_token }),
      ),
    );
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    // The others were reuse: what the winner got is revoked with the family.
    const next = await post(0, '/auth/refresh', { refresh_token: good[0]?.body.data.refresh_token });
    expect(next.status).toBe(401);
  });

  test('two who ask each other at once are contacts', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [a, b] = [await on(0).person(`ask-a${round}`), await on(0).person(`ask-b${round}`)];
      const answers = await Promise.all([
        post(0, '/contacts', { uid: b.uid }, a.token),
        post(1, '/contacts', { uid: a.uid }, b.token),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const { body } = await api(on(0), 'GET', '/api/v1/contacts', { token: a.token });
      expect(body.contacts).toMatchObject([{ uid: b.uid, state: 'accepted' }]);
    }
  });

  test('a block and an acceptance at once leave the block', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [a, b] = [await on(0).person(`blk-a${round}`), await on(0).person(`blk-b${round}`)];
      await post(0, '/contacts', { uid: b.uid }, a.token);
      await Promise.all([
        post(0, `/contacts/${b.uid}/block`, {}, a.token),
        post(1, `/contacts/${a.uid}/accept`, {}, b.token),
      ]);
      const { body } = await api(on(0), 'GET', '/api/v1/contacts', { token: a.token });
      expect(body.contacts).toMatchObject([{ uid: b.uid, state: 'blocked' }]);
    }
  });

  test('people named at once are provisioned once', async () => {
    const { service } = on(0);
    for (let round = 0; round < ROUNDS; round++) {
      const uids = [`prov-x${round}`, `prov-y${round}`, String(50_000 + round)];
      const answers = await Promise.all(
        Array.from({ length: 4 }, (_, i) =>
          api(on(i), 'PUT', `/api/v1/host/groups/prov${round}-${i}`, {
            token: service,
            body: { name: 'Group', members: i % 2 ? uids : uids.toReversed() },
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    }
  });

  test('somebody put by several at once is one person, and nobody is refused', async () => {
    const { service } = on(0);
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.all(
        Array.from({ length: 4 }, (_, i) =>
          api(on(i), 'PUT', `/api/v1/host/users/put${round}`, {
            token: service,
            body: { display_name: `N${i}` },
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    }
  });

  test('members added at once are all there, and the log has no gap', async () => {
    const { service } = on(0);
    await api(on(0), 'PUT', '/api/v1/host/groups/full', {
      token: service,
      body: { name: 'Full', members: [] },
    });
    const uids = Array.from({ length: 20 }, (_, i) => `member${i}`);
    const answers = await Promise.all(
      uids.map((uid, i) => api(on(i), 'PUT', `/api/v1/host/groups/full/members/${uid}`, { token: service })),
    );
    expect(answers.map(({ status }) => status)).toEqual(uids.map(() => 200));
    const { body } = await api(on(0), 'GET', '/api/v1/host/groups/full', { token: service });
    expect(body.members.sort()).toEqual(uids.sort());
    const log = await api(on(0), 'GET', '/api/v1/host/events?subject=group:full', { token: service });
    expect(log.body.events.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: 21 }, (_, i) => i + 1),
    );
  });
});
