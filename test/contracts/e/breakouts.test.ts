import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../src/adapters/engine/fake.ts';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: TestServer;
let host: Person;
let ann: Person;
let ben: Person;
beforeAll(async () => {
  server = await startTestServer({}, { engine: new FakeEngine() });
  [host, ann, ben] = await Promise.all([server.person('host'), server.person('ann'), server.person('ben')]);
});
afterAll(() => server.close());

const M = '/api/v1/meetings';
const ask = (who: Person, method: string, path: string, body?: unknown) =>
  api(server, method, `${M}/${path}`, { token: who.token, ...(body === undefined ? {} : { body }) });

/** A meeting that the three are in. */
async function meeting(): Promise<number> {
  const { body } = await api(server, 'POST', M, { token: host.token, body: { title: 'Weekly' } });
  const id = body.data.meeting_id;
  for (const person of [host, ann, ben]) await ask(person, 'POST', `${id}/join`, {});
  return id;
}

const two = () => ({
  rooms: [
    { name: '第一组', user_ids: [ann.id] },
    { name: 'Second', user_ids: [ben.id] },
  ],
  assign: 'manual',
});

describe('breakout rooms over HTTP', () => {
  test('are opened, shown, moved between, spoken to and closed', async () => {
    const id = await meeting();
    const opened = await ask(host, 'POST', `${id}/breakouts`, { ...two(), minutes: 15 });
    expect([opened.status, opened.body.code]).toEqual([201, 201]);
    const [first, second] = opened.body.data.rooms;
    expect(opened.body.data).toMatchObject({ state: 'open', free: false, room: null });
    expect(first).toMatchObject({ name: '第一组', participants: [{ user_id: ann.id, status: 'offline' }] });
    const lasts = Date.parse(opened.body.data.closes_at) - Date.parse(opened.body.data.opened_at);
    expect(lasts).toBe(15 * 60_000);

    const joined = await ask(ann, 'POST', `${first.meeting_id}/join`, {});
    expect([joined.status, joined.body.data.status, joined.body.data.token]).toEqual([
      200,
      'online',
      expect.stringMatching(/^ey/),
    ]);
    expect((await ask(ben, 'POST', `${first.meeting_id}/join`, {})).status).toBe(403);
    const shown = await ask(ann, 'GET', `${id}/breakouts`);
    expect(shown.body.data).toMatchObject({ room: first.meeting_id, state: 'open' });
    expect(shown.body.data.rooms[0].participants).toMatchObject([{ user_id: ann.id, status: 'online' }]);
    expect((await ask(ann, 'GET', `${first.meeting_id}`)).body.data).toMatchObject({
      title: '第一组',
      parent_id: id,
    });

    const place = `${id}/breakouts/participants/${ben.id}`;
    expect((await ask(ann, 'PUT', place, { room: first.meeting_id })).status).toBe(403);
    expect((await ask(host, 'PUT', place, { room: first.meeting_id })).status).toBe(200);
    expect((await ask(ben, 'POST', `${first.meeting_id}/join`, {})).status).toBe(200);
    expect((await ask(host, 'POST', `${id}/breakouts/message`, { content: '还有五分钟' })).status).toBe(200);
    for (const room of [first, second]) {
      const { body } = await ask(host, 'GET', `${room.meeting_id}/messages`);
      expect(body.data.messages).toMatchObject([{ user_id: host.id, content: '还有五分钟' }]);
    }
    expect((await ask(ann, 'POST', `${id}/breakouts/help`)).status).toBe(200);

    const closing = await ask(host, 'DELETE', `${id}/breakouts?grace_seconds=0`);
    expect(closing.body.data).toMatchObject({ state: 'none', rooms: [], closes_at: null });
    expect((await ask(ann, 'POST', `${first.meeting_id}/join`, {})).body.code).toBe(2002);
  });

  test('end with their meeting by themselves', async () => {
    const id = await meeting();
    const { body } = await ask(host, 'POST', `${id}/breakouts`, two());
    const [first] = body.data.rooms;
    await ask(ann, 'POST', `${first.meeting_id}/join`, {});
    await ask(host, 'POST', `${id}/end`);
    await waitFor(async () => (await ask(ann, 'GET', `${first.meeting_id}`)).body.data.status === 'ended', {
      reason: 'the room to end with its meeting',
    });
  });

  test('two who open them at once open them once', async () => {
    const id = await meeting();
    const both = await Promise.all([
      ask(host, 'POST', `${id}/breakouts`, two()),
      ask(host, 'POST', `${id}/breakouts`, two()),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await ask(host, 'GET', `${id}/breakouts`)).body.data.rooms).toHaveLength(2);
  });

  test('what is the meeting’s business is a 409 at a room’s own routes, as the document says', async () => {
    const id = await meeting();
    const { body } = await ask(host, 'POST', `${id}/breakouts`, two());
    const room = body.data.rooms[0].meeting_id;
    const { paths } = (await api(server, 'GET', '/openapi.json')).body;
    for (const [method, path, given] of [
      ['PUT', '', { title: 'Mine' }],
      ['DELETE', ''],
      ['POST', '/lock', { locked: true }],
      ['POST', '/end'],
      ['POST', '/participants', { user_id: ben.id }],
      ['POST', '/invitations', { invitees: ['ben'] }],
      ['POST', '/breakouts', { rooms: [{ name: 'A' }], assign: 'free' }],
      ['DELETE', '/breakouts'],
    ] as const) {
      const { status } = await ask(host, method, `${room}${path}`, given);
      const operation = paths[`${M}/{id}${path}`][method.toLowerCase()];
      expect([status, Object.keys(operation.responses)], `${method} ${path}`).toEqual([
        409,
        expect.arrayContaining(['409']),
      ]);
    }
  });

  test('a guest of the meeting goes into the room they are placed in, and into no other', async () => {
    const id = await meeting();
    await ask(host, 'PUT', `${id}`, { settings: { allow_guests: true } });
    const came = await api(server, 'POST', `${M}/${id}/guests`, { body: { nickname: 'Gia' } });
    const guest = { token: came.body.data.access_token, id: came.body.data.user_id } as Person;
    await ask(guest, 'POST', `${id}/join`, {});
    const rooms = [{ name: 'A', user_ids: [guest.id] }, { name: 'B' }];
    const { body } = await ask(host, 'POST', `${id}/breakouts`, { rooms, assign: 'manual' });
    const [own, other] = body.data.rooms.map((room: { meeting_id: number }) => room.meeting_id);
    expect((await ask(guest, 'GET', `${id}/breakouts`)).body.data.room).toBe(own);
    expect((await ask(guest, 'POST', `${own}/join`, {})).status).toBe(200);
    expect((await ask(guest, 'POST', `${other}/join`, {})).status).toBe(403);
    expect((await ask(guest, 'POST', `${await meeting()}/join`, {})).status).toBe(403);
    expect((await api(server, 'POST', `${M}/${own}/guests`, { body: { nickname: 'Gus' } })).status).toBe(404);
  });

  test('a wrong value is named, and nothing is opened', async () => {
    const id = await meeting();
    const wrong: [object, string][] = [
      [{ rooms: [], assign: 'free' }, 'rooms'],
      [{ rooms: [{ name: '' }], assign: 'free' }, 'rooms.0.name'],
      [{ rooms: [{ name: ' ' }], assign: 'free' }, 'name'],
      [{ rooms: [{ name: 'A' }], assign: 'drawn' }, 'assign'],
      [{ rooms: [{ name: 'A' }], assign: 'free', minutes: 241 }, 'minutes'],
      [{ rooms: [{ name: 'A', user_ids: [host.id] }], assign: 'manual' }, 'user_ids'],
    ];
    for (const [body, field] of wrong) {
      const answer = await ask(host, 'POST', `${id}/breakouts`, body);
      expect([answer.status, answer.body.data]).toEqual([400, { field }]);
    }
    expect((await ask(host, 'DELETE', `${id}/breakouts?grace_seconds=121`)).body.data).toEqual({
      field: 'grace_seconds',
    });
    expect((await ask(host, 'GET', `${id}/breakouts`)).body.data).toMatchObject({ state: 'none', rooms: [] });
  });
});
