import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let ann: Person;
let bob: Person;
let cy: Person;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  count += 1;
  ann = await server.person(`ann${count}`, { displayName: 'Ann' });
  bob = await server.person(`bob${count}`, { displayName: 'Bob' });
  cy = await server.person(`cy${count}`);
});

const as = (person: Person, method: string, path: string, body?: unknown) =>
  api(server, method, `/api/v1${path}`, { token: person.token, body });
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const failure = (code: string, details?: Record<string, unknown>) => ({
  error: { code, message: expect.stringMatching(/./), ...(details ? { details } : {}) },
});
const stateOf = async (person: Person, other: Person) => {
  const { body } = await as(person, 'GET', '/contacts');
  return body.contacts.find((contact: { uid: string }) => contact.uid === other.uid)?.state;
};
const become = async (a: Person, b: Person) => {
  await as(a, 'POST', '/contacts', { uid: b.uid });
  await as(b, 'POST', `/contacts/${a.uid}/accept`);
};

describe('GET /people', () => {
  test('finds others by the beginning of uid or name', async () => {
    const { status, body } = await as(ann, 'GET', `/people?query=BOB${count}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      people: [{ id: bob.id, uid: bob.uid, username: null, display_name: 'Bob', avatar_url: null }],
    });
    expect((await as(ann, 'GET', `/people?query=${ann.uid}`)).body).toEqual({ people: [] });
    expect((await as(ann, 'GET', '/people?query=%25')).body).toEqual({ people: [] });
  });

  test('wants something to look for', async () => {
    expect((await as(ann, 'GET', '/people')).body).toEqual(failure('invalid', { field: 'query' }));
    expect((await as(ann, 'GET', `/people?query=${'x'.repeat(65)}`)).status).toBe(400);
  });
});

describe('contacts', () => {
  test('are asked, accepted and ended', async () => {
    const asked = await as(ann, 'POST', '/contacts', { uid: bob.uid });
    expect(asked.status).toBe(200);
    expect(asked.body).toEqual({
      id: bob.id,
      uid: bob.uid,
      username: null,
      display_name: 'Bob',
      avatar_url: null,
      state: 'outgoing',
      online: false,
      since: time,
    });
    expect(await stateOf(bob, ann)).toBe('incoming');
    expect((await as(bob, 'POST', `/contacts/${ann.uid}/accept`)).body.state).toBe('accepted');
    expect((await as(bob, 'POST', `/contacts/${ann.uid}/accept`)).body.state).toBe('accepted');
    expect([await stateOf(ann, bob), await stateOf(bob, ann)]).toEqual(['accepted', 'accepted']);
    expect((await as(ann, 'DELETE', `/contacts/${bob.uid}`)).body).toEqual({});
    expect([await stateOf(ann, bob), await stateOf(bob, ann)]).toEqual([undefined, undefined]);
  });

  test('are settled when who was asked asks', async () => {
    await as(ann, 'POST', '/contacts', { uid: bob.uid });
    expect((await as(bob, 'POST', '/contacts', { uid: String(ann.id) })).body.state).toBe('accepted');
  });

  test('are declined', async () => {
    await as(ann, 'POST', '/contacts', { uid: bob.uid });
    expect((await as(bob, 'POST', `/contacts/${ann.uid}/decline`)).body).toEqual({});
    expect(await stateOf(ann, bob)).toBeUndefined();
  });

  test('are blocked: the other one cannot ask, and sees nothing of it', async () => {
    await become(ann, bob);
    expect((await as(bob, 'POST', `/contacts/${ann.uid}/block`)).body.state).toBe('blocked');
    expect(await stateOf(ann, bob)).toBeUndefined();
    const refused = await as(ann, 'POST', '/contacts', { uid: bob.uid });
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual(failure('forbidden'));
    const own = await as(bob, 'POST', '/contacts', { uid: ann.uid });
    expect(own.status).toBe(409);
    expect((await as(bob, 'DELETE', `/contacts/${ann.uid}`)).status).toBe(200);
    expect((await as(ann, 'POST', '/contacts', { uid: bob.uid })).body.state).toBe('outgoing');
  });

  test('that cannot be are refused', async () => {
    expect((await as(ann, 'POST', '/contacts', { uid: ann.uid })).body).toEqual(
      failure('invalid', { field: 'uid' }),
    );
    expect((await as(ann, 'POST', '/contacts', { uid: 'nobody' })).body).toEqual(
      failure('not_found', { uid: 'nobody' }),
    );
    expect((await as(ann, 'POST', '/contacts', {})).body).toEqual(failure('invalid', { field: 'uid' }));
    expect((await as(ann, 'POST', `/contacts/${bob.uid}/accept`)).status).toBe(404);
    for (const action of ['accept', 'decline', 'block']) {
      expect((await as(ann, 'POST', `/contacts/nobody/${action}`)).status).toBe(404);
    }
    expect((await as(ann, 'DELETE', '/contacts/nobody')).status).toBe(404);
  });
});

describe('groups', () => {
  test('are begun with contacts and grow', async () => {
    await become(ann, bob);
    await become(ann, cy);
    const begun = await as(ann, 'POST', '/groups', { name: 'Team', members: [bob.uid] });
    expect(begun.status).toBe(201);
    expect(begun.body).toEqual({
      group_id: expect.stringMatching(/^group_/),
      name: 'Team',
      owner: ann.uid,
      created_at: time,
      members: [expect.objectContaining({ uid: ann.uid }), expect.objectContaining({ uid: bob.uid })],
    });
    const { group_id: id } = begun.body;
    expect((await as(ann, 'PUT', `/groups/${id}/members/${cy.uid}`)).body.members).toHaveLength(3);
    expect((await as(cy, 'GET', '/groups')).body.groups).toMatchObject([{ group_id: id }]);
    expect((await as(cy, 'DELETE', `/groups/${id}/members/${cy.uid}`)).body).toEqual({});
    expect((await as(cy, 'GET', '/groups')).body).toEqual({ groups: [] });
  });

  test('are their owner’s to change', async () => {
    await become(ann, bob);
    const { group_id: id } = (await as(ann, 'POST', '/groups', { name: 'Team', members: [bob.uid] })).body;
    expect((await as(bob, 'PUT', `/groups/${id}/members/${cy.uid}`)).status).toBe(403);
    expect((await as(bob, 'DELETE', `/groups/${id}/members/${ann.uid}`)).status).toBe(403);
    expect((await as(cy, 'PUT', `/groups/${id}/members/${cy.uid}`)).status).toBe(403);
    expect((await as(cy, 'DELETE', `/groups/${id}/members/${bob.uid}`)).status).toBe(403);
    expect((await as(ann, 'PUT', `/groups/${id}/members/${cy.uid}`)).status).toBe(403);
    expect((await as(ann, 'PUT', `/groups/${id}/members/nobody`)).status).toBe(404);
    expect((await as(ann, 'PUT', `/groups/group_none/members/${bob.uid}`)).status).toBe(404);
  });

  test('take contacts only', async () => {
    expect((await as(ann, 'POST', '/groups', { name: 'Team', members: [cy.uid] })).status).toBe(403);
    expect((await as(ann, 'POST', '/groups', { name: 'Team', members: ['nobody'] })).status).toBe(404);
    expect((await as(ann, 'POST', '/groups', { members: [] })).body).toEqual(
      failure('invalid', { field: 'name' }),
    );
  });
});

describe('devices', () => {
  const device = (person: Person, id: string) => ({
    id,
    userId: person.id,
    nodeId: 'node:elsewhere',
    jti: null,
    userAgent: 'Tests/1.0',
    connectedAt: Date.UTC(2025, 10, 9, 15),
  });

  test('are listed, presence follows them, and they are cut on whichever node they are', async () => {
    await become(ann, bob);
    const { store, bus } = server.app;
    await store.transaction((tx) => tx.devices.add(device(ann, 'phone')));
    const listed = await api(server, 'GET', '/api/v1/me/devices', {
      token: ann.token,
      headers: { 'x-device-id': 'phone' },
    });
    expect(listed.body).toEqual({
      devices: [
        { id: 'phone', user_agent: 'Tests/1.0', connected_at: '2025-11-09T15:00:00.000Z', current: true },
      ],
    });
    expect((await as(bob, 'GET', '/contacts')).body.contacts).toMatchObject([{ uid: ann.uid, online: true }]);
    const cuts: unknown[] = [];
    const stop = bus.subscribe('cut', (cut) => cuts.push(cut));
    expect((await as(ann, 'DELETE', '/me/devices/phone')).body).toEqual({});
    stop();
    expect(cuts).toEqual([{ userId: ann.id, device: 'phone', reason: 'signed_out' }]);
  });

  test('of others, or of nobody, are not there', async () => {
    await server.app.store.transaction((tx) => tx.devices.add(device(bob, 'tablet')));
    const { status, body } = await as(ann, 'DELETE', '/me/devices/tablet');
    expect(status).toBe(404);
    expect(body).toEqual(failure('not_found', { deviceId: 'tablet' }));
  });
});

test('people’s routes are not a service’s: it acts through /host', async () => {
  for (const path of ['/contacts', '/groups', '/me/devices', '/people?query=a']) {
    const { status, body } = await api(server, 'GET', `/api/v1${path}`, { token: server.service });
    expect(status).toBe(403);
    expect(body).toEqual(failure('forbidden'));
  }
});
