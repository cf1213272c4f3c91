import { describe, expect, it } from 'vitest';
import { applyAll } from '../../../core/rooms/apply.ts';
import { begin } from '../../../core/rooms/begin.ts';
import type { RoomEvent } from '../../../core/rooms/events.ts';
import type { Room } from '../../../core/rooms/room.ts';
import type { User } from '../../../core/users/user.ts';
import { AT, people, type Subject, uniqueUid } from './subject.ts';

const RULES = { ringMs: 45_000, emptyRoomMs: 300_000, departureMs: 20_000 };

const aRoom = (creator: User, invitees: readonly User[] = [], channel?: { id: string; type: number }): Room =>
  begin(
    {
      name: `room-${uniqueUid()}`,
      creator,
      invitees: invitees.map(({ id, uid }) => ({ userId: id, uid, busy: false })),
      callType: 1,
      inviteOn: true,
      maxMembers: 4,
      channel,
    },
    AT,
    RULES,
  ).room;

const over: RoomEvent = { type: 'room.over', status: 2 };
const joined = ({ id, uid }: User, sid: string | null = null): RoomEvent => ({
  type: 'member.joined',
  userId: id,
  uid,
  deviceType: 'phone',
  sid,
  deadlineAt: sid === null ? AT + 60_000 : null,
});

export function roomsContract(subject: () => Subject): void {
  const store = () => subject().store;
  const insert = (room: Room) => store().transaction((tx) => tx.rooms.insert(room));
  const save = (before: Room, next: Room) => store().transaction((tx) => tx.rooms.save(before, next));
  const get = (room: Room) => store().read.rooms.get(room.name);
  const three = async () => (await people(store(), 3)) as [User, User, User];

  describe('rooms', () => {
    it('come back as they went in, with numbers of the database', async () => {
      const [a, b, c] = await three();
      const fresh = aRoom(a, [c, b], { id: '频道-1', type: 2 });
      const room = await insert(fresh);
      expect(room).toMatchObject({ ...fresh, id: expect.any(Number), members: expect.any(Array) });
      expect(room.id).toBeGreaterThan(0);
      expect(room.members.map(({ uid }) => uid)).toEqual([a.uid, c.uid, b.uid]);
      for (const { id } of room.members) expect(id).toBeGreaterThan(0);
      expect(await get(room)).toEqual(room);
      expect(await store().transaction((tx) => tx.rooms.lock(room.name))).toEqual(room);
      expect(await store().read.rooms.get('no such room')).toBeUndefined();
      expect(await store().transaction((tx) => tx.rooms.lock('no such room'))).toBeUndefined();
    });

    it('are saved from version to version, a new member included', async () => {
      const [a, b] = await three();
      const room = await insert(aRoom(a));
      const started: RoomEvent = { type: 'room.started', mediaBy: AT + 9 };
      const next = await save(room, applyAll(room, [joined(b, 'PA_1'), started], AT + 5));
      expect(next).toMatchObject({ version: room.version + 2, emptyAt: null, startedAt: AT + 5 });
      expect(next?.members[1]).toMatchObject({ uid: b.uid, mediaSid: 'PA_1', inMedia: true, status: 1 });
      expect(await get(room)).toEqual(next);
      const ended = applyAll(next as Room, [over], AT + 6);
      expect(await save(next as Room, ended)).toEqual(ended);
      expect(await get(room)).toEqual(ended);
    });

    it('are written by one of two who read the same version', async () => {
      const [a, b, c] = await three();
      const room = await insert(aRoom(a));
      expect(await save(room, applyAll(room, [joined(b)], AT))).toBeDefined();
      expect(await save(room, applyAll(room, [joined(c)], AT))).toBeUndefined();
      expect((await get(room))?.members.map(({ uid }) => uid)).toEqual([a.uid, b.uid]);
    });

    it('are held: twenty who change one room follow each other and lose nothing', async () => {
      const crowd = await people(store(), 21);
      const room = await insert(aRoom(crowd[0] as User));
      const other = await subject().another();
      await Promise.all(
        crowd.slice(1).map((user, i) =>
          (i % 2 ? store() : other).transaction(async (tx) => {
            const before = await tx.rooms.lock(room.name);
            if (!before) throw new Error('the room is gone');
            expect(await tx.rooms.save(before, applyAll(before, [joined(user)], AT))).toBeDefined();
          }),
        ),
      );
      await other.close();
      const after = await get(room);
      expect(after?.members).toHaveLength(21);
      expect(after?.version).toBe(room.version + 20);
    });

    it('have each name once for ever, and each channel once while they live', async () => {
      const [a] = await three();
      const channel = { id: uniqueUid(), type: 0 };
      const room = await insert(aRoom(a, [], channel));
      const taken = (field: string) => ({ code: 'conflict', details: { field } });
      await expect(insert({ ...aRoom(a), name: room.name })).rejects.toMatchObject(taken('room_name'));
      await expect(insert(aRoom(a, [], channel))).rejects.toMatchObject(taken('live_key'));
      expect((await store().read.rooms.ofChannel(channel.id, 0))?.name).toBe(room.name);
      expect(await store().read.rooms.ofChannel(channel.id, 1)).toBeUndefined();
      await insert(aRoom(a, [], { ...channel, type: 1 }));
      await save(room, applyAll(room, [over], AT));
      expect(await store().read.rooms.ofChannel(channel.id, 0)).toBeUndefined();
      await insert(aRoom(a, [], channel));
      await expect(insert({ ...aRoom(a), name: room.name })).rejects.toMatchObject(taken('room_name'));
    });

    it('are due by the first deadline of the room or somebody in it, and never when over', async () => {
      const [a, b] = await three();
      const room = await insert(aRoom(a, [b]));
      const dueAt = async (now: number) => (await store().read.rooms.due(now, 10_000)).includes(room.name);
      expect(await dueAt(AT + RULES.ringMs - 1)).toBe(false);
      expect(await dueAt(AT + RULES.ringMs)).toBe(true);
      const came = (await save(room, applyAll(room, [joined(b)], AT))) as Room;
      expect(await dueAt(AT + 59_999)).toBe(false);
      expect(await dueAt(AT + 60_000)).toBe(true);
      await save(came, applyAll(came, [over], AT));
      expect(await dueAt(AT + RULES.emptyRoomMs)).toBe(false);
    });

    it('are listed newest first, all of them or somebody’s', async () => {
      const [a, b] = await three();
      const rooms: Room[] = [];
      for (const invitees of [[], [b], [], [b]]) rooms.unshift(await insert(aRoom(a, invitees)));
      const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
      const { rooms: read } = store().read;
      expect(names(await read.page(undefined, 4, 0))).toEqual(names(rooms));
      expect(names(await read.page(undefined, 2, 1))).toEqual(names(rooms.slice(1, 3)));
      expect(names(await read.page(b.id, 10, 0))).toEqual([rooms[0]?.name, rooms[2]?.name]);
      expect(names(await read.page(b.id, 1, 1))).toEqual([rooms[2]?.name]);
      expect([await read.count(a.id), await read.count(b.id)]).toEqual([4, 2]);
      expect(await read.count(undefined)).toBeGreaterThanOrEqual(4);
    });

    it('say whether they are over, and how many are in the media', async () => {
      const [a, b, c] = await three();
      const [empty, ended, full] = [await insert(aRoom(a)), await insert(aRoom(a)), await insert(aRoom(a))];
      await save(ended, applyAll(ended, [joined(b, 'PA_1'), over], AT));
      await save(full, applyAll(full, [joined(b, 'PA_2'), joined(c, 'PA_3')], AT));
      const inMedia = await store().read.rooms.inMedia();
      expect([empty, ended, full].map(({ name }) => inMedia.get(name))).toEqual([undefined, undefined, 2]);
      const asked = [empty, ended, full].map(({ name }) => name);
      expect(await store().read.rooms.over([...asked, 'no such room'])).toEqual(
        new Map([
          [empty.name, false],
          [ended.name, true],
          [full.name, false],
        ]),
      );
      expect(await store().read.rooms.over([])).toEqual(new Map());
    });

    it('say who is in something', async () => {
      const [a, b, c] = await three();
      await store().transaction((tx) => tx.calls.engage([a.id, b.id], 'room:x'));
      expect(await store().read.rooms.engaged([a.id, c.id])).toEqual(new Map([[a.id, 'room:x']]));
      expect(await store().read.rooms.engaged([])).toEqual(new Map());
    });
  });

  describe('removals', () => {
    it('are remembered by room and identity, the last of them, until they are forgotten', async () => {
      const room = uniqueUid();
      const last = (identity: string) => store().read.removals.lastOf(room, identity);
      expect(await last('ann')).toBeUndefined();
      for (const at of [AT, AT + 5]) {
        await store().transaction((tx) => tx.removals.remember(room, 'ann', at));
      }
      expect([await last('ann'), await last('ANN')]).toEqual([AT + 5, undefined]);
      await store().transaction((tx) => tx.removals.forget(room, 'ann'));
      expect(await last('ann')).toBeUndefined();
    });

    it('are forgotten when they are of long ago', async () => {
      const room = uniqueUid();
      await store().transaction(async (tx) => {
        await tx.removals.remember(room, 'ann', 1000);
        await tx.removals.remember(room, 'bob', 1001);
      });
      await store().transaction((tx) => tx.removals.forgetBefore(1001));
      const last = (identity: string) => store().read.removals.lastOf(room, identity);
      expect([await last('ann'), await last('bob')]).toEqual([undefined, 1001]);
    });
  });
}
