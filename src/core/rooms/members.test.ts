import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../users/user.ts';
import { MEMBER, type MemberStatus, ROOM } from './room.ts';
import { as, type RoomsWorld, roomsWorld, service } from './rooms.fixture.ts';

let world: RoomsWorld;
let [ann, bob, cid, dee]: [User, User, User, User] = [] as never;
beforeEach(async () => {
  world = await roomsWorld();
  ann = await world.person('ann');
  bob = await world.person('bob');
  cid = await world.person('cid');
  dee = await world.person('dee');
});
afterEach(() => world.close());

const refused = (key: string) => ({ key });
const set = (who: User | undefined, room: string, uid: string, status: MemberStatus) =>
  world.rooms.setMemberStatus(who ? as(who) : service, room, uid, status);

describe('somebody comes in', () => {
  it('invited or not, while there is a place', async () => {
    const room = await world.create('ann', { uids: ['bob'], maxMembers: 3 });
    const entry = await world.rooms.join(as(cid), room, 'cid');
    expect(entry.member).toMatchObject({ uid: 'cid', status: 1, joinTime: world.clock.now() });
    await world.rooms.join(as(bob), room, 'bob');
    await expect(world.rooms.join(as(dee), room, 'dee')).rejects.toMatchObject(refused('room.full'));
    await world.rooms.leave(as(cid), room, 'cid');
    await world.rooms.join(as(dee), room, 'dee');
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 1, cid: 3, dee: 1 });
    expect(await world.status(room)).toBe(ROOM.waiting);
  });

  it('again, with a new token and nothing told', async () => {
    const room = await world.create('ann');
    const first = await world.rooms.join(as(bob), room, 'bob');
    const again = await world.rooms.join(as(bob), room, 'bob');
    expect(again.member.id).toBe(first.member.id);
    expect(again.token).not.toBe(first.token);
    expect(await world.log(room)).toEqual(['room.created', 'participant.joined']);
  });

  it('not when the room is over, or they are in something else', async () => {
    const over = await world.create('ann');
    await world.rooms.end(service, over);
    await expect(world.rooms.join(as(bob), over, 'bob')).rejects.toMatchObject(refused('room.over'));
    await expect(world.rooms.join(service, over, 'nobody-yet')).rejects.toMatchObject(refused('room.over'));
    expect(await world.people.find('nobody-yet')).toBeUndefined();
    const room = await world.create('ann');
    await world.create('bob');
    await world.store.transaction((tx) => tx.calls.engage([cid.id], 'call_x'));
    for (const who of [bob, cid]) {
      await expect(world.rooms.join(as(who), room, who.uid)).rejects.toMatchObject(refused('room.engaged'));
    }
  });

  it('as themselves only; a service brings anybody, unknown ones too', async () => {
    const room = await world.create('ann', { maxMembers: 4 });
    await expect(world.rooms.join(as(bob), room, 'cid')).rejects.toMatchObject(refused('auth.not_yourself'));
    await world.rooms.join(service, room, 'newcomer');
    expect(await world.parts(room)).toEqual({ ann: 1, newcomer: 1 });
    await expect(world.rooms.join(service, 'no such room', 'bob')).rejects.toMatchObject(
      refused('room.unknown'),
    );
  });
});

describe('somebody goes', () => {
  it('and a room for two is finished', async () => {
    const room = await world.create('ann', { uids: ['bob'] });
    await world.rooms.join(as(bob), room, 'bob');
    await world.rooms.leave(as(bob), room, 'bob');
    expect(await world.status(room)).toBe(ROOM.finished);
    expect(await world.parts(room)).toEqual({ ann: 3, bob: 3 });
    await world.rooms.leave(as(ann), room, 'ann');
    expect((await world.log(room)).filter((type) => type === 'room.finished')).toHaveLength(1);
  });

  it('and a larger one goes on until nobody is there or asked', async () => {
    const room = await world.create('ann', { uids: ['bob', 'cid'], maxMembers: 3 });
    await world.rooms.join(as(bob), room, 'bob');
    await world.rooms.leave(as(bob), room, 'bob');
    await world.rooms.leave(as(ann), room, 'ann');
    expect(await world.status(room)).toBe(ROOM.waiting);
    await world.rooms.leave(as(cid), room, 'cid');
    expect(await world.parts(room)).toEqual({ ann: 3, bob: 3, cid: MEMBER.rejected });
    expect(await world.status(room)).toBe(ROOM.finished);
  });

  it('from a room they have no part in: there is nothing to leave', async () => {
    const room = await world.create('ann');
    await expect(world.rooms.leave(as(bob), room, 'bob')).rejects.toMatchObject(refused('room.no_member'));
    await expect(world.rooms.leave(as(bob), room, 'ann')).rejects.toMatchObject(refused('auth.not_yourself'));
  });

  it('by being removed: the client is sent out and its token is void', async () => {
    const room = await world.create('ann', { maxMembers: 3 });
    await world.rooms.join(as(bob), room, 'bob');
    await world.enter(room, bob);
    await expect(set(cid, room, 'bob', MEMBER.left)).rejects.toMatchObject(refused('auth.not_yourself'));
    await expect(set(bob, room, 'ann', MEMBER.left)).rejects.toMatchObject(refused('auth.not_yourself'));
    await set(ann, room, 'bob', MEMBER.left);
    await world.heard();
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 3 });
    expect(await world.engine.members(room)).toEqual([]);
    expect(world.engine.wasRemoved(room, 'bob')).toBe(true);
    // Leaving oneself voids nothing.
    await world.rooms.join(as(cid), room, 'cid');
    await set(cid, room, 'cid', MEMBER.left);
    expect(world.engine.wasRemoved(room, 'cid')).toBe(false);
  });
});

describe('people are asked in', () => {
  it('by the creator and services; by members where the room lets them', async () => {
    const open = await world.create('ann', { maxMembers: 4, inviteOn: true });
    await expect(world.rooms.invite(as(bob), open, ['cid'])).rejects.toMatchObject(refused('room.no_invite'));
    await world.rooms.join(as(bob), open, 'bob');
    await world.rooms.invite(as(bob), open, ['cid', 'cid', 'ann', 'bob']);
    expect(await world.parts(open)).toEqual({ ann: 1, bob: 1, cid: 0 });
    await world.rooms.end(service, open);
    const closed = await world.create('ann', { maxMembers: 4, inviteOn: false });
    await world.rooms.join(as(bob), closed, 'bob');
    await expect(world.rooms.invite(as(bob), closed, ['cid'])).rejects.toMatchObject(
      refused('room.no_invite'),
    );
    await world.rooms.invite(as(ann), closed, ['cid']);
    await world.rooms.invite(service, closed, ['from-the-host']);
    expect(await world.parts(closed)).toEqual({ ann: 1, bob: 1, cid: 0, 'from-the-host': 0 });
  });

  it('by a service the creator too, who went off from a larger room', async () => {
    const room = await world.create('ann', { maxMembers: 4 });
    await world.rooms.join(as(bob), room, 'bob');
    await world.rooms.leave(as(ann), room, 'ann');
    await world.rooms.invite(service, room, ['ann']);
    expect(await world.parts(room)).toEqual({ ann: 0, bob: 1 });
  });

  it('not by setting the part of somebody one may no longer call', async () => {
    const room = await world.create('ann', { uids: ['bob'], maxMembers: 4 });
    await set(bob, room, 'bob', MEMBER.rejected);
    await world.contacts.act('block', bob, ann);
    for (const status of [MEMBER.invited, MEMBER.joined]) {
      await expect(set(ann, room, 'bob', status)).rejects.toMatchObject(refused('call.not_contact'));
    }
    await set(undefined, room, 'bob', MEMBER.invited);
    expect((await world.parts(room)).bob).toBe(MEMBER.invited);
  });

  it('not strangers by a user, nor into a full room or one that is over', async () => {
    await world.people.put('eve', {});
    const room = await world.create('ann');
    await expect(world.rooms.invite(as(ann), room, ['eve'])).rejects.toMatchObject(
      refused('call.not_contact'),
    );
    await expect(world.rooms.invite(as(ann), room, ['nobody'])).rejects.toMatchObject(
      refused('user.unknown'),
    );
    await world.rooms.join(as(bob), room, 'bob');
    await expect(world.rooms.invite(as(ann), room, ['cid'])).rejects.toMatchObject(refused('room.full'));
    await world.rooms.end(service, room);
    await expect(world.rooms.invite(service, room, ['unheard-of'])).rejects.toMatchObject(
      refused('room.over'),
    );
    expect(await world.people.find('unheard-of')).toBeUndefined();
    // Whoever could not be asked is free.
    expect(await world.rooms.calling(service, ['cid', 'eve'])).toEqual([]);
  });

  it('in vain when they are busy elsewhere, and anew when they no longer are', async () => {
    await world.store.transaction((tx) => tx.calls.engage([bob.id], 'call_x'));
    const other = await world.create('cid');
    const room = await world.create('ann', { maxMembers: 5 });
    await world.rooms.invite(as(ann), room, ['bob', 'cid', 'dee']);
    await world.rooms.invite(as(ann), room, ['bob']);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 5, cid: 5, dee: 0 });
    expect(await world.log(room)).toEqual([
      'room.created',
      'participant.missed',
      'participant.missed',
      'participant.invited',
    ]);
    await world.rooms.end(service, other);
    await world.rooms.invite(as(ann), room, ['cid']);
    expect((await world.parts(room)).cid).toBe(MEMBER.invited);
  });

  it('and who of some is called is told, in rooms and calls', async () => {
    await world.create('ann', { uids: ['bob'] });
    await world.store.transaction((tx) => tx.calls.engage([cid.id], 'call_x'));
    const uids = ['dee', 'cid', 'bob', 'nobody', String(ann.id), 'ann'];
    expect(await world.rooms.calling(service, uids)).toEqual(['cid', 'bob', 'ann']);
    expect(await world.rooms.calling(as(dee), ['ann', 'dee'])).toEqual(['ann']);
    await world.people.put('eve', {});
    await expect(world.rooms.calling(as(ann), ['eve'])).rejects.toMatchObject(refused('call.not_contact'));
  });

  it('and miss it when they do not come in time', async () => {
    const room = await world.create('ann', { uids: ['bob', 'cid'], maxMembers: 3 });
    await world.later(44_999);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 0, cid: 0 });
    await world.later(1);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 4, cid: 4 });
    const events = await world.store.read.events.ofSubject(`room:${room}`, 3, 10);
    expect(events.map(({ type, data }) => [type, data.uid, data.missed_uids])).toEqual([
      ['participant.missed', 'bob', ['bob', 'cid']],
      ['participant.missed', 'cid', ['bob', 'cid']],
    ]);
  });
});

describe('a part is set', () => {
  it('by oneself to joined, rejected or left', async () => {
    const room = await world.create('ann', { uids: ['bob', 'cid'], maxMembers: 4 });
    await set(bob, room, 'bob', MEMBER.joined);
    await set(cid, room, 'cid', MEMBER.rejected);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 1, cid: 2 });
    for (const status of [MEMBER.invited, MEMBER.missed, MEMBER.busy, MEMBER.cancelled]) {
      await expect(set(bob, room, 'bob', status)).rejects.toMatchObject(refused('room.not_creator'));
    }
    await expect(set(bob, room, 'bob', MEMBER.rejected)).rejects.toMatchObject(refused('room.state'));
    await expect(set(cid, room, 'cid', MEMBER.left)).rejects.toMatchObject(refused('room.state'));
    await set(bob, room, 'bob', MEMBER.left);
    await set(bob, room, 'bob', MEMBER.left);
    await expect(set(dee, room, 'dee', MEMBER.joined)).rejects.toMatchObject(refused('room.no_member'));
    expect((await world.log(room)).slice(3)).toEqual([
      'participant.joined',
      'participant.rejected',
      'participant.left',
    ]);
  });

  it('to anything by the creator and services', async () => {
    const room = await world.create('ann', { uids: ['bob'], maxMembers: 4 });
    for (const status of [6, 5, 4, 3, 2, 1, 2, 0] as const) {
      await set(status % 2 ? ann : undefined, room, 'bob', status);
      expect((await world.parts(room)).bob).toBe(status);
    }
    await expect(set(ann, room, 'dee', MEMBER.invited)).rejects.toMatchObject(refused('room.no_member'));
    await set(ann, room, 'bob', MEMBER.cancelled);
    await world.store.transaction((tx) => tx.calls.engage([bob.id], 'call_x'));
    await set(ann, room, 'bob', MEMBER.invited);
    expect((await world.parts(room)).bob).toBe(MEMBER.busy);
    await expect(set(ann, room, 'bob', MEMBER.joined)).rejects.toMatchObject(refused('room.engaged'));
  });
});

describe('a room’s status is set', () => {
  it('0 to 1 to 2, or 0 to 3, by its creator or a service; a repeat changes nothing', async () => {
    const room = await world.create('ann', { uids: ['bob'] });
    const to = (status: 0 | 1 | 2 | 3, asker: Parameters<typeof world.rooms.setStatus>[0] = service) =>
      world.rooms.setStatus(asker, room, status);
    await expect(to(1, as(bob))).rejects.toMatchObject(refused('room.not_creator'));
    await expect(to(2)).rejects.toMatchObject(refused('room.state'));
    await to(1, as(ann));
    await to(1);
    await expect(to(0)).rejects.toMatchObject(refused('room.state'));
    await expect(to(3)).rejects.toMatchObject(refused('room.state'));
    await to(2);
    await to(2);
    await expect(to(1)).rejects.toMatchObject(refused('room.over'));
    expect(await world.parts(room)).toEqual({ ann: 3, bob: MEMBER.cancelled });
    expect(await world.log(room)).toEqual([
      'room.created',
      'participant.invited',
      'room.started',
      'participant.left',
      'participant.cancelled',
      'room.finished',
    ]);
    const other = await world.create('ann', { uids: ['bob'] });
    await world.rooms.setStatus(service, other, 3);
    expect(await world.parts(other)).toEqual({ ann: 3, bob: MEMBER.cancelled });
    expect((await world.log(other)).at(-1)).toBe('room.cancelled');
    await expect(world.rooms.end(service, other)).rejects.toMatchObject(refused('room.over'));
  });

  it('by ending it, once, and its room in the engine closes', async () => {
    const room = await world.create('ann', { uids: ['bob'], maxMembers: 5 });
    await world.enter(room, ann);
    await expect(world.rooms.end(as(bob), room)).rejects.toMatchObject(refused('room.not_creator'));
    await world.rooms.end(as(ann), room);
    await world.rooms.end(as(ann), room);
    await world.heard();
    expect(await world.engine.rooms()).toEqual([]);
    expect((await world.log(room)).filter((type) => type.startsWith('room.'))).toEqual([
      'room.created',
      'room.started',
      'room.finished',
    ]);
  });
});

describe('rooms are read', () => {
  it('by whoever has a part in them, and all by services', async () => {
    const mine = await world.create('ann', { uids: ['bob'] });
    const other = await world.create('cid');
    await expect(world.rooms.get(as(cid), mine)).rejects.toMatchObject(refused('room.not_member'));
    await expect(world.rooms.get(as(cid), 'none')).rejects.toMatchObject(refused('room.unknown'));
    expect((await world.rooms.get(as(bob), mine)).name).toBe(mine);
    const names = async (asker: Parameters<typeof world.rooms.list>[0], limit = 10, offset = 0) => {
      const { rooms, total } = await world.rooms.list(asker, limit, offset);
      return [rooms.map(({ name }) => name), total];
    };
    expect(await names(as(bob))).toEqual([[mine], 1]);
    expect(await names(service)).toEqual([[other, mine], 2]);
    expect(await names(service, 1, 1)).toEqual([[mine], 2]);
    expect(await names(as(dee))).toEqual([[], 0]);
  });
});
