import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noEngine } from '../../adapters/engine/none.ts';
import type { User } from '../users/user.ts';
import { MEMBER, ROOM } from './room.ts';
import { as, type RoomsWorld, RULES, roomsWorld, service } from './rooms.fixture.ts';

let world: RoomsWorld;
let ann: User;
let bob: User;
let cid: User;
beforeEach(async () => {
  world = await roomsWorld();
  ann = await world.person('ann');
  bob = await world.person('bob');
  cid = await world.person('cid');
});
afterEach(() => world.close());

const ask = {
  name: undefined,
  creator: 'ann',
  uids: [],
  callType: 1,
  inviteOn: false,
  maxMembers: 2,
  channel: undefined,
} as const;
const refused = (key: string) => ({ key });

describe('a room begins', () => {
  it('waiting, its creator in it, those named asked once and the creator not at all', async () => {
    const room = await world.create('ann', { uids: ['bob', 'ann', 'bob', String(cid.id), 'cid'] });
    expect(await world.parts(room)).toEqual({
      ann: MEMBER.joined,
      bob: MEMBER.invited,
      cid: MEMBER.invited,
    });
    expect(await world.status(room)).toBe(ROOM.waiting);
    const events = await world.store.read.events.ofSubject(`room:${room}`, 0, 10);
    expect(events.map(({ type, data }) => [type, data.uid, data.invited_uids])).toEqual([
      ['room.created', undefined, undefined],
      ['participant.invited', 'bob', ['bob', 'cid']],
      ['participant.invited', 'cid', ['bob', 'cid']],
    ]);
  });

  it('with a name of its own making when it is given none', async () => {
    const { room, token, url, timeoutS } = await world.rooms.create(service, ask);
    expect(room.name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([token, url, timeoutS]).toEqual([expect.stringMatching(/.+/), null, 45]);
  });

  it('not without an engine, and nothing is written', async () => {
    const rooms = world.another(noEngine);
    await expect(rooms.create(service, { ...ask, name: 'never' })).rejects.toMatchObject({
      code: 'unavailable',
      key: 'media.none',
    });
    expect(await world.store.read.rooms.get('never')).toBeUndefined();
    const room = await world.create('ann');
    await expect(rooms.join(service, room, 'bob')).rejects.toMatchObject({ key: 'media.none' });
  });

  it('opened in the engine where nobody opens it by entering, and it starts with the first who enters', async () => {
    const rooms = world.another(world.engine, { ...RULES, autoCreate: false });
    world.rooms = rooms;
    const room = await world.create('ann');
    await world.heard();
    expect((await world.engine.rooms([room])).length).toBe(1);
    expect(await world.status(room)).toBe(ROOM.waiting);
    await world.enter(room, ann);
    expect(await world.status(room)).toBe(ROOM.live);
    const unused = await world.create('bob');
    await world.engine.closeRoom(unused);
    await world.heard();
    expect(await world.status(unused)).toBe(ROOM.cancelled);
  });
});

describe('a room does not begin', () => {
  it('under a name that is or was another room’s', async () => {
    const name = await world.create('ann');
    await expect(world.create('bob', { name })).rejects.toMatchObject(refused('room.name_taken'));
    await world.rooms.end(service, name);
    await expect(world.create('bob', { name })).rejects.toMatchObject(refused('room.name_taken'));
  });

  it('under a name of a call’s or a meeting’s room, or one nobody can read', async () => {
    for (const name of ['call_1', 'meet_1']) {
      await expect(world.rooms.create(service, { ...ask, name })).rejects.toMatchObject(
        refused('room.reserved_name'),
      );
    }
    for (const name of [' ', 'a ', 'a\nb', 'x'.repeat(101), '\ud800']) {
      await expect(world.rooms.create(service, { ...ask, name })).rejects.toMatchObject({
        code: 'invalid',
        details: { field: 'room_name' },
      });
    }
  });

  it('twice at a time for one channel', async () => {
    const channel = { id: 'channel_123', type: 0 };
    const first = await world.create('ann', { channel });
    await expect(world.rooms.create(service, { ...ask, creator: 'bob', channel })).rejects.toMatchObject(
      refused('room.channel_taken'),
    );
    await world.create('bob', { channel: { ...channel, type: 1 } });
    await world.rooms.end(service, first);
    await world.create('cid', { channel });
  });

  it('while its creator or somebody asked is in another room', async () => {
    const room = await world.create('ann', { uids: ['bob'] });
    for (const [creator, uids] of [
      ['ann', []],
      ['bob', []],
      ['cid', ['bob']],
    ] as const) {
      await expect(world.rooms.create(service, { ...ask, creator, uids })).rejects.toMatchObject({
        code: 'conflict',
        key: 'room.engaged',
      });
    }
    // Nobody was engaged for what was refused.
    await world.rooms.end(service, room);
    await world.create('cid', { uids: ['ann', 'bob'] });
  });

  it('by somebody in a call; who is called in one is busy and the room begins', async () => {
    await world.store.transaction((tx) => tx.calls.engage([bob.id], 'call_x'));
    await expect(world.rooms.create(service, { ...ask, creator: 'bob' })).rejects.toMatchObject(
      refused('room.engaged'),
    );
    const room = await world.create('ann', { uids: ['bob', 'cid'] });
    expect(await world.parts(room)).toEqual({ ann: 1, bob: MEMBER.busy, cid: 0 });
    const [, busy] = await world.store.read.events.ofSubject(`room:${room}`, 0, 10);
    expect([busy?.type, busy?.data.missed_uids]).toEqual(['participant.missed', ['bob']]);
  });

  it('by somebody else, nor with people who are no contacts of a user', async () => {
    const eve = await world.people.put('eve', {});
    await expect(world.rooms.create(as(bob), ask)).rejects.toMatchObject(refused('auth.not_yourself'));
    await expect(world.rooms.create(as(ann), { ...ask, uids: ['eve'] })).rejects.toMatchObject(
      refused('call.not_contact'),
    );
    expect(await world.rooms.create(as(ann), { ...ask, uids: ['bob'] })).toMatchObject({
      room: { creator: 'ann' },
    });
    expect(await world.rooms.create(service, { ...ask, creator: 'cid', uids: [eve.uid] })).toBeDefined();
  });

  it('with people a user names and nobody knows; a service brings them with it', async () => {
    await expect(world.rooms.create(as(ann), { ...ask, uids: ['new'] })).rejects.toMatchObject(
      refused('user.unknown'),
    );
    const name = await world.create('new-creator', { uids: ['new-invitee'] });
    expect(await world.parts(name)).toEqual({ 'new-creator': 1, 'new-invitee': 0 });
    await expect(world.create('newer', { name })).rejects.toMatchObject(refused('room.name_taken'));
    expect(await world.people.find('newer')).toBeUndefined();
  });
});
