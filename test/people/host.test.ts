import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const host = (method: string, path: string, body?: unknown) =>
  api(server, method, `/api/v1/host${path}`, { token: server.service, body });
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const failure = (code: string, details?: Record<string, unknown>) => ({
  error: { code, message: expect.stringMatching(/./), ...(details ? { details } : {}) },
});

describe('users', () => {
  test('are created and updated by PUT', async () => {
    const created = await host('PUT', '/users/ann', { display_name: 'Ann', email: 'ann@example.com' });
    expect(created.status).toBe(200);
    expect(created.body).toEqual({
      id: expect.any(Number),
      uid: 'ann',
      username: null,
      display_name: 'Ann',
      avatar_url: null,
      created_at: time,
    });
    const updated = await host('PUT', '/users/ann', {
      username: 'ann.a',
      avatar_url: 'https://example.com/a.png',
    });
    expect(updated.body).toEqual({
      ...created.body,
      username: 'ann.a',
      avatar_url: 'https://example.com/a.png',
    });
  });

  test('may have a number of the host’s own choosing', async () => {
    expect((await host('PUT', '/users/chosen', { id: 4711 })).body.id).toBe(4711);
    expect((await host('PUT', '/users/4712', {})).body.id).toBe(4712);
    const taken = await host('PUT', '/users/other', { id: 4711 });
    expect(taken.status).toBe(409);
    expect(taken.body).toEqual(failure('conflict', { field: 'id' }));
    const digits = await host('PUT', '/users/4711', {});
    expect(digits.status).toBe(409);
    const moved = await host('PUT', '/users/chosen', { id: 4713 });
    expect(moved.status).toBe(409);
  });

  test.each([
    ['uid', '/users/no%20spaces', {}],
    ['uid', '/users/007', {}],
    ['avatar_url', '/users/bad', { avatar_url: 'file:///etc/passwd' }],
    ['display_name', '/users/bad', { display_name: '' }],
    ['id', '/users/bad', { id: 0 }],
    ['role', '/users/bad', { role: 'king' }],
    ['email', '/users/bad', { email: 'nowhere' }],
  ])('a bad %s is named: %s', async (field, path, body) => {
    const { status, body: answer } = await host('PUT', path, body);
    expect(status).toBe(400);
    expect(answer).toEqual(failure('invalid', { field }));
  });

  test('are read by uid and by number', async () => {
    const { id } = (await host('PUT', '/users/read', { display_name: 'Read' })).body;
    const byUid = await host('GET', '/users/read');
    expect(byUid.body).toMatchObject({ id, uid: 'read', email: null, role: 'user', status: 'active' });
    expect((await host('GET', `/users/${id}`)).body).toEqual(byUid.body);
    const nobody = await host('GET', '/users/nobody');
    expect(nobody.status).toBe(404);
    expect(nobody.body).toEqual(failure('not_found', { uid: 'nobody' }));
  });

  test('are listed page by page', async () => {
    for (const uid of ['l1', 'l2', 'l3']) await host('PUT', `/users/${uid}`, {});
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await host('GET', `/users?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.users.map((user: { uid: string }) => user.uid));
      cursor = body.next_cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(expect.arrayContaining(['l1', 'l2', 'l3']));
    expect(new Set(seen).size).toBe(seen.length);
    for (const query of ['limit=0', 'limit=101', 'cursor=x']) {
      expect((await host('GET', `/users?${query}`)).status).toBe(400);
    }
  });

  test('are deleted: their tokens are void and nobody can name them', async () => {
    const person = await server.person('leaver', { displayName: 'Leaver' });
    expect((await host('DELETE', '/users/leaver')).body).toEqual({});
    expect((await api(server, 'GET', '/api/v1/contacts', { token: person.token })).status).toBe(401);
    expect((await host('DELETE', '/users/leaver')).status).toBe(404);
    expect((await host('PUT', '/users/leaver', { display_name: 'Back' })).body).toMatchObject({
      id: person.id,
      display_name: 'Back',
    });
  });

  test('get the role of an administrator from the host', async () => {
    await host('PUT', '/users/chief', { role: 'admin' });
    expect((await host('GET', '/users/chief')).body.role).toBe('admin');
  });
});

describe('contacts', () => {
  test('are made and ended; unknown people are provisioned', async () => {
    const made = await host('PUT', '/contacts/ca/cb');
    expect(made.status).toBe(200);
    expect(made.body).toEqual({
      id: expect.any(Number),
      uid: 'cb',
      username: null,
      display_name: 'cb',
      avatar_url: null,
      state: 'accepted',
      online: false,
      since: time,
    });
    expect((await host('GET', '/contacts/cb')).body.contacts).toMatchObject([
      { uid: 'ca', state: 'accepted' },
    ]);
    expect((await host('DELETE', '/contacts/ca/cb')).body).toEqual({});
    expect((await host('GET', '/contacts/ca')).body).toEqual({ contacts: [] });
    expect((await host('DELETE', '/contacts/ca/cb')).status).toBe(200);
  });

  test('of nobody are 404, with oneself 400', async () => {
    expect((await host('GET', '/contacts/nobody')).status).toBe(404);
    expect((await host('DELETE', '/contacts/nobody/nobody2')).status).toBe(404);
    expect((await host('PUT', '/contacts/cx/cx')).body).toEqual(failure('invalid', { field: 'uid' }));
  });
});

describe('groups', () => {
  test('are put as a whole, read and removed', async () => {
    const put = await host('PUT', '/groups/team', { name: 'Team', members: ['ga', 'gb'] });
    expect(put.status).toBe(200);
    expect(put.body).toEqual({
      group_id: 'team',
      name: 'Team',
      members: ['ga', 'gb'],
      owner: null,
      created_at: time,
    });
    expect((await host('PUT', '/groups/team', { name: 'New', members: ['gb', 'gc'] })).body.members).toEqual([
      'gb',
      'gc',
    ]);
    expect((await host('PUT', '/groups/team/members/ga')).body.members).toEqual(
      expect.arrayContaining(['ga', 'gb', 'gc']),
    );
    expect((await host('DELETE', '/groups/team/members/gb')).body).toEqual({});
    expect((await host('GET', '/groups/team')).body.members.sort()).toEqual(['ga', 'gc']);
    expect((await host('DELETE', '/groups/team')).body).toEqual({});
    const gone = await host('GET', '/groups/team');
    expect(gone.status).toBe(404);
    expect(gone.body).toEqual(failure('not_found', { groupId: 'team' }));
  });

  test('a name that cannot be shown is refused before any member is provisioned', async () => {
    const put = await host('PUT', '/groups/unnamed', { name: ' ', members: ['never-met'] });
    expect([put.status, put.body]).toEqual([400, failure('invalid', { field: 'name' })]);
    expect((await host('GET', '/users/never-met')).status).toBe(404);
  });

  test('that are not there stay so', async () => {
    for (const [method, path] of [
      ['DELETE', '/groups/none'],
      ['PUT', '/groups/none/members/zz'],
      ['DELETE', '/groups/none/members/zz'],
    ] as const) {
      expect((await host(method, path)).status).toBe(404);
    }
    expect((await host('GET', '/users/zz')).status).toBe(404);
    expect((await host('PUT', '/groups/none', { name: 'X' })).body).toEqual(
      failure('invalid', { field: 'members' }),
    );
  });
});

describe('tokens', () => {
  test('act as somebody, who is provisioned by it', async () => {
    const { status, body } = await host('POST', '/tokens', { uid: 'tok' });
    expect(status).toBe(200);
    expect(body).toEqual({ token: expect.stringMatching(/^eyJ/), expires_in: 86_400 });
    const profile = await api(server, 'GET', '/api/v1/users/profile', { token: body.token });
    expect(profile.body.data).toMatchObject({ username: 'tok' });
    expect((await host('POST', '/tokens', { uid: 'tok', ttl_s: 60 })).body.expires_in).toBe(60);
  });

  test('are not given for a banned person, nor for ever', async () => {
    await host('PUT', '/users/bad.one', { status: 'banned' });
    expect((await host('POST', '/tokens', { uid: 'bad.one' })).status).toBe(403);
    expect((await host('POST', '/tokens', { uid: 'tok', ttl_s: 86_400 * 31 })).body).toEqual(
      failure('invalid', { field: 'ttl_s' }),
    );
  });
});

describe('events', () => {
  test('of one subject are read from a number on', async () => {
    await host('PUT', '/groups/logged', { name: 'One', members: ['ea'] });
    await host('PUT', '/groups/logged/members/eb');
    const all = await host('GET', '/events?subject=group:logged');
    expect(all.body).toEqual({
      events: [
        {
          seq: 1,
          type: 'group.created',
          at: time,
          data: { name: 'One', members: ['ea'], by: 'key:testkey' },
        },
        { seq: 2, type: 'group.member_added', at: time, data: { uid: 'eb', by: 'key:testkey' } },
      ],
      last: 2,
    });
    expect((await host('GET', '/events?subject=group:logged&after=1&limit=1')).body).toMatchObject({
      events: [{ seq: 2 }],
      last: 2,
    });
    expect((await host('GET', '/events?subject=group:logged&after=2')).body).toEqual({ events: [], last: 2 });
  });

  test('of all subjects come in one order', async () => {
    await host('PUT', '/groups/ordered', { name: 'One', members: [] });
    const events = await waitFor(
      async () => {
        const { body } = await host('GET', '/events?subject=*&limit=1000');
        const found = body.events.some((event: { subject: string }) => event.subject === 'group:ordered');
        return found ? body.events : undefined;
      },
      { reason: 'the event to get its position' },
    );
    expect(events.map((event: { position: number }) => event.position)).toEqual(
      events.map((_: unknown, i: number) => i + 1),
    );
    expect(events.at(-1)).toEqual({
      position: events.length,
      subject: 'group:ordered',
      seq: 1,
      type: 'group.created',
      at: time,
      data: expect.any(Object),
    });
  });

  test.each(['', 'subject=x&limit=1001', 'subject=x&after=-1', 'subject=x&after=z'])(
    'refuse %s',
    async (query) => {
      expect((await host('GET', `/events?${query}`)).status).toBe(400);
    },
  );
});

describe('webhooks', () => {
  const given = {
    url: 'https://host.example/events',
    secret: 'a secret of the host',
    events: ['call.*', '*'],
  };

  test('are added, shown without their secret, replayed and removed', async () => {
    const added = await host('POST', '/webhooks', given);
    expect(added.status).toBe(201);
    expect(added.body).toEqual({
      id: expect.stringMatching(/^wh_/),
      url: given.url,
      events: given.events,
      cursor: expect.any(Number),
      attempts: 0,
      failing_since: null,
      created_at: time,
    });
    const { id } = added.body;
    expect((await host('GET', '/webhooks')).body.webhooks).toMatchObject([{ id }]);
    expect((await host('GET', `/webhooks/${id}`)).body).toMatchObject({ id, url: given.url });
    expect((await host('GET', `/webhooks/${id}/dead`)).body).toEqual({ dead: [] });
    expect((await host('DELETE', `/webhooks/${id}`)).body).toEqual({});
    expect((await host('GET', '/webhooks')).body).toEqual({ webhooks: [] });
  });

  test('that are not there are 404', async () => {
    expect((await host('GET', '/webhooks/wh_none')).body).toEqual(
      failure('not_found', { webhookId: 'wh_none' }),
    );
    expect((await host('DELETE', '/webhooks/wh_none')).status).toBe(404);
    expect((await host('GET', '/webhooks/wh_none/dead')).status).toBe(404);
    expect((await host('POST', '/webhooks/wh_none/replay', { after: 0 })).status).toBe(404);
  });

  test.each([
    ['url', { url: 'ftp://host.example/' }],
    ['url', { url: 'https://user:pass@host.example/' }],
    ['secret', { secret: 'short' }],
    ['events', { events: [] }],
    ['events', { events: ['Call Connected'] }],
  ])('with a bad %s are refused: %o', async (field, change) => {
    const { status, body } = await host('POST', '/webhooks', { ...given, ...change });
    expect(status).toBe(400);
    expect(body).toEqual(failure('invalid', { field }));
  });
});

test('an unknown route below /host answers in this form', async () => {
  const { status, body } = await host('GET', '/nothing');
  expect(status).toBe(404);
  expect(body).toEqual(failure('not_found'));
});
