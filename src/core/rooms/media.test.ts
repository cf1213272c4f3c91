import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../users/user.ts';
import { MEMBER, ROOM } from './room.ts';
import { as, type RoomsWorld, RULES, roomsWorld, service } from './rooms.fixture.ts';

let world: RoomsWorld;
let [ann, bob, cid]: [User, User, User] = [] as never;
beforeEach(async () => {
  world = await roomsWorld();
  ann = await world.person('ann');
  bob = await world.person('bob');
  cid = await world.person('cid');
});
afterEach(() => world.close());

const DAY_MS = 86_400_000;
const ofRoom = (log: string[]) => log.filter((type) => type.startsWith('room.'));
const sidOf = async (room: string, { uid }: User) =>
  (await world.store.read.rooms.get(room))?.members.find((member) => member.uid === uid)?.mediaSid;

describe('the media of a room', () => {
  it('starts it, whoever’s it is, and brings in who was only asked', async () => {
    const room = await world.create('ann', { uids: ['bob'], maxMembers: 3 });
    await world.enter(room, bob);
    expect(await world.status(room)).toBe(ROOM.live);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 1 });
    await world.enter(room, ann);
    await world.enter(room, cid);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 1, cid: 1 });
    expect(ofRoom(await world.log(room))).toEqual(['room.created', 'room.started']);
  });

  it('may be away for a while, and then who had it has left', async () => {
    const room = await world.create('ann', { maxMembers: 3 });
    for (const who of [ann, bob]) await world.enter(room, who);
    await world.exit(room, bob);
    await world.later(RULES.departureMs - 1);
    expect((await world.parts(room)).bob).toBe(MEMBER.joined);
    await world.enter(room, bob);
    await world.later(10 * RULES.departureMs);
    expect((await world.parts(room)).bob).toBe(MEMBER.joined);
    await world.exit(room, bob);
    await world.later(RULES.departureMs);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 3 });
    await world.exit(room, ann);
    await world.later(RULES.departureMs);
    expect(await world.status(room)).toBe(ROOM.finished);
    expect(ofRoom(await world.log(room))).toEqual(['room.created', 'room.started', 'room.finished']);
  });

  it('on a second device is no leaving of the first, in whatever order it is told', async () => {
    const room = await world.create('ann');
    await world.enter(room, ann);
    await world.enter(room, bob);
    const first = (await sidOf(room, bob)) ?? '';
    await world.enter(room, bob);
    const about = { at: 0, room, roomSid: '', identity: 'bob', memberSid: first } as const;
    await world.rooms.heard({ ...about, id: '1', type: 'member_left', reason: 'duplicate' });
    await world.later(RULES.departureMs * 2);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 1 });
  });

  it('told again, late, changes nothing', async () => {
    const room = await world.create('ann', { maxMembers: 3 });
    await world.enter(room, ann);
    await world.enter(room, bob);
    const sid = (await sidOf(room, bob)) ?? '';
    const about = { at: 0, room, roomSid: '', identity: 'bob', memberSid: sid } as const;
    await world.rooms.heard({ ...about, id: '1', type: 'member_joined' });
    await world.exit(room, bob);
    await world.rooms.heard({ ...about, id: '1', type: 'member_joined' });
    await world.later(RULES.departureMs);
    expect((await world.parts(room)).bob).toBe(MEMBER.left);
    await world.rooms.heard({ ...about, id: '1', type: 'member_joined' });
    await world.rooms.heard({ ...about, id: '2', type: 'member_left', reason: 'left' });
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 3 });
    expect(await world.rooms.calling(service, ['bob'])).toEqual([]);
  });

  it('told of after its owner has left by word brings nobody back', async () => {
    const room = await world.create('ann', { maxMembers: 3 });
    await world.rooms.join(as(bob), room, 'bob');
    world.deaf = true;
    const { sid } = world.engine.enter(room, 'bob');
    const at = world.clock.now();
    world.deaf = false;
    world.clock.turn(1);
    await world.rooms.leave(as(bob), room, 'bob');
    const about = { id: '1', at, room, roomSid: '', identity: 'bob', memberSid: sid } as const;
    await world.rooms.heard({ ...about, type: 'member_joined' });
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 3 });
    await world.rooms.heard({
      ...about,
      at: world.clock.now() + 1,
      memberSid: 'PA_x',
      type: 'member_joined',
    });
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 1 });
  });

  it('that has to come within a minute of joining, else who joined has left', async () => {
    const room = await world.create('ann', { maxMembers: 3 });
    await world.enter(room, ann);
    await world.rooms.join(as(bob), room, 'bob');
    await world.later(59_000);
    await world.rooms.join(as(bob), room, 'bob');
    await world.later(59_999);
    expect((await world.parts(room)).bob).toBe(MEMBER.joined);
    await world.later(1);
    expect((await world.parts(room)).bob).toBe(MEMBER.left);
  });

  it('is awaited of a creator from the start of the room, not from its making', async () => {
    const room = await world.create('ann', { uids: ['bob'], maxMembers: 3 });
    await world.later(40_000);
    await world.enter(room, bob);
    await world.later(59_999);
    expect((await world.parts(room)).ann).toBe(MEMBER.joined);
    await world.later(1);
    expect(await world.parts(room)).toEqual({ ann: 3, bob: 1 });
  });

  it('never came: the room is cancelled and everybody in it is free', async () => {
    const room = await world.create('ann', { uids: ['bob'], maxMembers: 4 });
    await world.later(250_000);
    await world.rooms.join(as(cid), room, 'cid');
    await world.rooms.invite(as(ann), room, ['bob']);
    await world.later(44_000);
    expect(await world.status(room)).toBe(ROOM.waiting);
    await world.later(6_000);
    expect(await world.status(room)).toBe(ROOM.cancelled);
    expect(await world.parts(room)).toEqual({ ann: 3, bob: 4, cid: 3 });
    expect(await world.rooms.calling(service, ['ann', 'bob', 'cid'])).toEqual([]);
    const started = await world.create('ann');
    await world.rooms.setStatus(service, started, 1);
    await world.later(60_000);
    expect(await world.status(started)).toBe(ROOM.finished);
  });

  it('was begun by somebody’s coming: the room is no longer given up', async () => {
    const room = await world.create('ann', { maxMembers: 3 });
    await world.later(RULES.emptyRoomMs - 1);
    const about = { at: world.clock.now(), room, roomSid: 'RM_1' } as const;
    await world.rooms.heard({ ...about, id: '1', type: 'room_started' });
    await world.later(1);
    expect(await world.status(room)).toBe(ROOM.live);
    await world.later(60_000);
    expect(await world.status(room)).toBe(ROOM.finished);
  });

  it('is over when the engine’s room is', async () => {
    const room = await world.create('ann', { uids: ['bob'], maxMembers: 4 });
    await world.enter(room, ann);
    await world.engine.closeRoom(room);
    await world.heard();
    expect(await world.status(room)).toBe(ROOM.finished);
    expect(await world.parts(room)).toEqual({ ann: 3, bob: 6 });
  });

  it('is nobody’s business when it is of a call, a meeting, or of no room of ours', async () => {
    for (const name of ['call_1', 'meet_1', 'somebody else’s']) {
      await world.enter(name, ann);
      expect(await world.engine.members(name)).toHaveLength(1);
      expect(await world.store.read.rooms.get(name)).toBeUndefined();
    }
  });
});

describe('whoever may not be in is sent out of the media again', () => {
  it('when the room is over', async () => {
    const room = await world.create('ann');
    await world.rooms.end(service, room);
    await world.enter(room, ann);
    expect(await world.engine.rooms()).toEqual([]);
    expect(await world.status(room)).toBe(ROOM.finished);
  });

  it('when there is no place, or they are in something else', async () => {
    const room = await world.create('ann');
    await world.enter(room, ann);
    await world.enter(room, bob);
    await world.enter(room, cid);
    const inside = async () => (await world.engine.members(room)).map(({ identity }) => identity);
    expect(await inside()).toEqual(['ann', 'bob']);
    const larger = await world.create('cid', { maxMembers: 5 });
    await world.enter(larger, ann);
    expect(await world.engine.members(larger)).toEqual([]);
    expect(await world.parts(larger)).toEqual({ cid: 1 });
  });

  it('when they are banned or deleted, wherever they are or go', async () => {
    const room = await world.create('ann', { uids: ['cid'], maxMembers: 4 });
    for (const who of [ann, bob]) await world.enter(room, who);
    await world.people.put('bob', { status: 'banned' });
    await world.people.remove('cid');
    for (const { id } of [bob, cid, cid]) await world.rooms.expel(id);
    await world.heard();
    expect(await world.parts(room)).toEqual({ ann: 1, bob: MEMBER.left, cid: MEMBER.cancelled });
    expect(await world.engine.members(room)).toMatchObject([{ identity: 'ann' }]);
    expect(world.engine.wasRemoved(room, 'bob')).toBe(true);
    // By a ticket for another room, which says nothing of them.
    const other = await world.create('dan', { maxMembers: 4 });
    for (const who of [bob, cid]) await world.enter(other, who);
    expect(await world.engine.members(other)).toEqual([]);
    expect(await world.parts(other)).toEqual({ dan: 1 });
  });

  it('but not a recorder, who is nobody', async () => {
    const room = await world.create('ann');
    world.engine.enter(room, 'recorder');
    await world.heard();
    expect(await world.engine.members(room)).toHaveLength(1);
    expect(await world.parts(room)).toEqual({ ann: 1 });
  });
});

describe('a removal', () => {
  it('is remembered for longer than tokens are made for, and then forgotten', async () => {
    const { store, clock } = world;
    await store.transaction((tx) => tx.removals.remember('room', 'bob', clock.now()));
    const removed = () => store.read.removals.lastOf('room', 'bob');
    await world.later(399 * DAY_MS);
    expect(await removed()).toBeDefined();
    await world.later(2 * DAY_MS);
    expect(await removed()).toBeUndefined();
  });
});

describe('after a crash', () => {
  it('between the end of a room and its closing, it is closed', async () => {
    const room = await world.create('ann');
    await world.enter(room, ann);
    const closing = world.engine.closeRoom.bind(world.engine);
    world.engine.closeRoom = () => Promise.reject(new Error('the process was killed'));
    await world.rooms.end(service, room);
    expect(world.failures.splice(0)).toHaveLength(1);
    world.engine.closeRoom = closing;
    await world.another(world.engine).reconcile(false);
    expect(await world.engine.rooms()).toEqual([]);
  });

  it('between a removal and its effect, who was removed is sent out, and cannot come back by the old ticket', async () => {
    const room = await world.create('ann', { maxMembers: 3 });
    for (const who of [ann, bob]) await world.enter(room, who);
    const removing = world.engine.removeMember.bind(world.engine);
    world.engine.removeMember = () => Promise.reject(new Error('the process was killed'));
    await world.rooms.setMemberStatus(as(ann), room, 'bob', MEMBER.left);
    expect(world.failures.splice(0)).toHaveLength(1);
    world.engine.removeMember = removing;
    world.clock.turn(1000);
    await world.rooms.reconcile(true);
    const inside = async () => (await world.engine.members(room)).map(({ identity }) => identity);
    expect(await inside()).toEqual(['ann']);
    world.clock.turn(1000);
    await world.enter(room, bob);
    expect(await inside()).toEqual(['ann']);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 3 });
  });

  it('what was missed is made good: who came, who went, which rooms are over', async () => {
    const room = await world.create('ann', { maxMembers: 4 });
    await world.enter(room, ann);
    await world.enter(room, bob);
    world.deaf = true;
    await world.exit(room, bob);
    await world.enter(room, cid);
    world.deaf = false;
    await world.rooms.reconcile(true);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 1, cid: 1 });
    await world.later(RULES.departureMs);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 3, cid: 1 });
    world.deaf = true;
    await world.engine.closeRoom(room);
    world.deaf = false;
    await world.rooms.reconcile(false);
    await world.later(RULES.departureMs);
    expect(await world.status(room)).toBe(ROOM.finished);
  });

  it('who comes while the sides are compared is there, whatever the count said before', async () => {
    const room = await world.create('ann', { maxMembers: 4 });
    await world.enter(room, ann);
    const counting = world.engine.rooms.bind(world.engine);
    world.engine.rooms = async (names) => {
      const counted = await counting(names);
      await world.enter(room, bob);
      return counted;
    };
    const answering = world.engine.members.bind(world.engine);
    world.engine.members = async (name) => {
      const members = await answering(name);
      world.engine.enter(room, 'cid');
      return members;
    };
    await world.rooms.reconcile(false);
    await world.heard();
    await world.later(RULES.departureMs);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 1, cid: 1 });
  });

  it('who has left by word and stays in the media is sent out, who came back since is let in', async () => {
    const room = await world.create('ann', { maxMembers: 4 });
    for (const who of [ann, bob, cid]) await world.enter(room, who);
    world.clock.turn(1000);
    for (const who of [bob, cid]) await world.rooms.leave(as(who), room, who.uid);
    world.clock.turn(1000);
    world.deaf = true;
    await world.enter(room, cid);
    world.deaf = false;
    await world.rooms.reconcile(true);
    await world.heard();
    expect((await world.engine.members(room)).map(({ identity }) => identity)).toEqual(['ann', 'cid']);
    expect(await world.parts(room)).toEqual({ ann: 1, bob: 3, cid: 1 });
  });
});
