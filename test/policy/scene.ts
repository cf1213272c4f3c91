import type { Call } from '../../src/core/calls/index.ts';
import { api, type Person, type TestServer } from '../support/server.ts';

/** People who have not met anybody of another scene, with something of everything. */
export interface Scene {
  server: TestServer;
  /** Whose everything is. */
  owner: Person;
  /** An accepted contact of the owner, and in their group. */
  friend: Person;
  /** An accepted contact of the owner who is in no call and no group. */
  spare: Person;
  /** Has asked the owner to be a contact. */
  suitor: Person;
  /** Has to do with none of them. */
  other: Person;
  admin: Person;
  /** A person's group, the owner's. */
  groupId: string;
  webhookId: string;
  /** An account at the meetings' door, made when it is asked for. */
  account(): Promise<{ username: string; password: string; refreshToken: string }>;
  /** The owner calls the friend, who has not answered. */
  outgoing(): Promise<Call>;
  /** The friend calls the owner, who has not answered. */
  incoming(): Promise<Call>;
  /** The owner and the friend talk. */
  connected(): Promise<Call>;
  /** The owner's room, which the friend is asked into; its name. */
  room(): Promise<string>;
  /** The owner's meeting, which the owner and the friend are in; its number. */
  meeting(): Promise<number>;
  /** A series of the owner's meetings; its number. */
  series(): Promise<number>;
  /** The token of somebody without an account who is in that meeting. */
  guest(): Promise<string>;
}

let scenes = 0;
const PASSWORD = 'password of the scene';

export async function makeScene(server: TestServer): Promise<Scene> {
  scenes += 1;
  const number = scenes;
  const { app } = server;
  const name = (word: string) => `${word}-${number}`;
  const person = (word: string) => server.person(name(word));
  const owner = await person('owner');
  const friend = await person('friend');
  const spare = await person('spare');
  const suitor = await person('suitor');
  const other = await person('other');
  const admin = await person('admin');
  await app.people.put(admin.uid, { role: 'admin' });
  await server.befriend(owner, friend);
  await server.befriend(owner, spare);
  await app.contacts.act('ask', suitor.user, owner.user);
  const principal = { kind: 'user', user: owner.user, jti: 'j', expiresAt: 0 } as const;
  const { group } = await app.groups.create(principal, 'Group', [friend.user]);
  const { body: webhook } = await api(server, 'POST', '/api/v1/host/webhooks', {
    token: server.service,
    body: { url: 'https://host.example/', secret: 'a secret of the host', events: ['nothing.*'] },
  });
  await app.store.transaction((tx) =>
    tx.devices.add({
      id: 'phone',
      userId: owner.id,
      nodeId: 'node:elsewhere',
      jti: null,
      userAgent: '',
      connectedAt: Date.now(),
    }),
  );

  const call = (caller: Person, callee: Person) =>
    app.calls.place({
      caller: caller.user,
      callees: [callee.user],
      kind: 'audio',
      trusted: false,
      device: null,
      bound: false,
    });
  const meeting = once(async () => {
    const asker = { principal, device: null };
    const { id } = await app.meetings.create(asker, {
      title: name('meeting'),
      type: 'video',
      settings: { guests: true },
    });
    const joining = { kind: 'user', user: friend.user, jti: 'j', expiresAt: 0 } as const;
    await app.meetings.join(asker, id, {});
    await app.meetings.join({ principal: joining, device: null }, id, {});
    return id;
  });
  return {
    server,
    owner,
    friend,
    spare,
    suitor,
    other,
    admin,
    groupId: group.id,
    webhookId: webhook.id,
    account: once(async () => {
      const username = name('account');
      await app.accounts.register({ username, password: PASSWORD });
      const { refreshToken } = await app.accounts.login(username, PASSWORD, '127.0.0.1');
      return { username, password: PASSWORD, refreshToken };
    }),
    outgoing: once(() => call(owner, friend)),
    incoming: once(() => call(friend, owner)),
    connected: once(async () => {
      const { id } = await call(owner, friend);
      const stats = { stats: { audio: { bytesSent: 1 } } };
      const answered = await app.calls.command(id, {
        type: 'answer',
        by: friend.uid,
        device: null,
        bound: false,
      });
      await api(server, 'POST', `/api/v1/rtc/stats/${id}`, { token: owner.token, body: stats });
      return answered;
    }),
    room: once(async () => {
      const asker = { principal, device: null };
      const { room } = await app.rooms.create(asker, {
        name: name('room'),
        creator: owner.uid,
        uids: [friend.uid],
        callType: 1,
        inviteOn: true,
        maxMembers: 10,
        channel: undefined,
      });
      return room.name;
    }),
    meeting,
    series: once(async () => {
      const start = Date.now() + 86_400_000;
      const { series } = await app.series.create(
        { principal, device: null },
        {
          title: name('series'),
          startTime: start,
          endTime: start + 3_600_000,
          recurrence: { rule: 'FREQ=WEEKLY;COUNT=3', timezone: 'Asia/Shanghai' },
        },
      );
      return series.id;
    }),
    guest: once(async () => {
      const id = await meeting();
      const { user, token } = await app.guests.create(id, { nickname: 'Gus', address: '127.0.0.1' });
      const coming = { kind: 'user', user, jti: 'j', expiresAt: 0 } as const;
      await app.meetings.join({ principal: coming, device: null }, id, {});
      return token;
    }),
  };
}

/** However often it is asked for, a scene has one of it. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Everything a refused request could have changed. */
export async function snapshot({
  server,
  owner,
  friend,
  spare,
  groupId,
  webhookId,
}: Scene): Promise<unknown> {
  const { read } = server.app.store;
  const call = await read.calls.liveOf(owner.id);
  return {
    people: await read.users.count(),
    owner: await read.users.byId(owner.id),
    spare: await read.users.byId(spare.id),
    audit: await read.audit.count({}),
    contacts: [await read.contacts.of(owner.id), await read.contacts.of(friend.id)],
    group: await read.groups.get(groupId),
    call: call && (await read.calls.get(call.id)),
    stats: call && (await read.calls.stats(call.id, owner.id)),
    calls: await read.calls.countHistory(owner.id, {}),
    rooms: await read.rooms.count(undefined),
    // Its own: those of other scenes go on by the clock.
    room: await Promise.all((await read.rooms.page(owner.id, 20, 0)).map(({ name }) => read.rooms.get(name))),
    meetings: await Promise.all(
      (await read.meetings.page({ ofUser: owner.id }, 'newest', { limit: 20, offset: 0 })).map(
        async ({ id }) => [
          await read.meetings.get(id),
          await read.polls.page(id, { limit: 100, offset: 0 }, true),
        ],
      ),
    ),
    series: await read.series.ofCreator(owner.id, { limit: 20, offset: 0 }),
    webhook: await read.webhooks.get(webhookId),
    webhooks: (await read.webhooks.list()).length,
  };
}
