import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { engineFor, onCluster, type TestEngine, type Ticket } from '../support/engines.ts';
import { api, type Person, type TestServer } from '../support/server.ts';

/** Each race is run this often, on each database, through two servers that share it and one engine: clients take time. */
const ROUNDS = onCluster() ? 8 : 40;

describe.each(backends())('races for rooms on %s', (backend) => {
  let engine: TestEngine;
  let database: FreshDatabase;
  let one: TestServer;
  let two: TestServer;
  let people: Person[];
  let [ann, bob, cid]: [Person, Person, Person] = [] as never;
  let count = 0;

  beforeAll(async () => {
    database = await freshDatabase(backend);
    engine = await engineFor('fake');
    one = await engine.start({ databaseUrl: database.url });
    two = await engine.start({ databaseUrl: database.url });
    people = await Promise.all(['ann', 'bob', 'cid'].map((uid) => one.person(uid)));
    [ann, bob, cid] = people as [Person, Person, Person];
    await one.befriend(...people);
  });

  afterAll(async () => {
    await two?.close();
    await one?.close();
    await engine?.close();
    await database?.[Symbol.asyncDispose]();
  });

  const post = (server: TestServer, path: string, body?: object, method = 'POST') =>
    api(server, method, `/api${path}`, { token: server.service, ...(body ? { body } : {}) });
  const create = (server: TestServer, more: object = {}) =>
    post(server, '/rooms', { creator: 'ann', room_name: `room-${++count}`, ...more });
  async function made(more: object = {}): Promise<Ticket & { room_name: string }> {
    const { status, body } = await create(one, more);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.data;
  }
  const room = async (more: object = {}) => (await made(more)).room_name;
  const join = (server: TestServer, room_name: string, { uid }: Person) =>
    post(server, '/participants/join', { room_name, uid });
  const leave = (server: TestServer, room_name: string, { uid }: Person) =>
    post(server, '/participants/leave', { room_name, uid });
  const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();

  /** The room is over, once; nobody has a part in it that goes on, or is held by it; no gap in its log. */
  async function settled(name: string) {
    const { read } = one.app.store;
    const found = await read.rooms.get(name);
    expect(found?.status).toBeGreaterThan(1);
    expect(found?.members.filter(({ status }) => status < 2)).toEqual([]);
    expect(await read.rooms.engaged(people.map(({ id }) => id))).toEqual(new Map());
    const events = await read.events.ofSubject(`room:${name}`, 0, 100);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type === 'room.finished' || type === 'room.cancelled')).toHaveLength(1);
    return types;
  }

  it('one of two gets the last place', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = await room();
      const answers = await Promise.all([join(one, name, bob), join(two, name, cid)]);
      expect(statuses(answers)).toEqual([200, 400]);
      const found = await one.app.store.read.rooms.get(name);
      expect(found?.members.filter(({ status }) => status === 1)).toHaveLength(2);
      await post(one, `/rooms/${name}/end`);
      await settled(name);
    }
  });

  it('all who leave at once finish the room once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const large = round % 2 === 1;
      const { room_name: name, ...ticket } = await made({ max_participants: large ? 3 : 2 });
      const members = large ? [ann, bob, cid] : [ann, bob];
      const tickets: Ticket[] = [ticket];
      for (const member of members.slice(1)) tickets.push((await join(one, name, member)).body.data);
      await Promise.all(tickets.map((one) => engine.enter(one)));
      const answers = await Promise.all(members.map((member, i) => leave(i % 2 ? two : one, name, member)));
      expect(statuses(answers)).toEqual(members.map(() => 200));
      const types = await settled(name);
      expect(types.filter((type) => type === 'participant.left')).toHaveLength(members.length);
      expect(types.at(-1)).toBe('room.finished');
    }
  });

  it('one of two rooms gets the channel, and one the name', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const shared =
        round % 2 === 0 ? { source_channel_id: `channel-${round}` } : { room_name: `same-${round}` };
      const answers = await Promise.all([
        create(one, { ...shared, creator: 'ann' }),
        create(two, { ...shared, creator: 'bob' }),
      ]);
      expect(statuses(answers), JSON.stringify(answers.map(({ body }) => body))).toEqual([200, 400]);
      const lost = answers.find(({ status }) => status === 400);
      expect(lost?.body.msg).toMatch(round % 2 === 0 ? '该频道已有进行中的房间' : '房间已存在');
      const name = answers.find(({ status }) => status === 200)?.body.data.room_name;
      await post(one, `/rooms/${name}/end`);
      await settled(name);
    }
  });

  it('one of two rooms gets a person whom both want', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.all([
        create(one, { creator: 'ann', uids: ['cid', 'bob'] }),
        create(two, { creator: 'bob', uids: ['cid', 'ann'] }),
      ]);
      expect(statuses(answers), JSON.stringify(answers.map(({ body }) => body))).toEqual([200, 400]);
      const name = answers.find(({ status }) => status === 200)?.body.data.room_name;
      await post(two, `/rooms/${name}/end`);
      await settled(name);
    }
  });

  it('an invitation and the end at once leave nobody asked', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = await room({ max_participants: 5 });
      const [invited, ended, joined] = await Promise.all([
        post(one, `/rooms/${name}/invite`, { uids: ['bob', 'cid'] }),
        post(two, `/rooms/${name}/end`),
        join(one, name, cid),
      ]);
      expect(ended.status).toBe(200);
      for (const answer of [invited, joined]) expect([200, 400]).toContain(answer.status);
      await settled(name);
    }
  });

  it('a call and a room that want the same person: one of them has them', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = await room();
      const [joined, called] = await Promise.all([
        join(one, name, bob),
        api(two, 'POST', '/api/v1/rtc/call', {
          token: two.service,
          body: { callerId: 'bob', calleeIds: ['cid'], type: 'audio' },
        }),
      ]);
      expect([joined.status, called.status].sort()).toEqual(joined.status === 200 ? [200, 409] : [200, 400]);
      if (called.status === 200) {
        const body = { callId: called.body.call.id, userId: 'bob' };
        await api(one, 'POST', '/api/v1/rtc/cancel', { token: one.service, body });
      }
      await post(one, `/rooms/${name}/end`);
      await settled(name);
    }
  });
});
