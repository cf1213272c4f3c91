import { describe, expect, it } from 'vitest';
import type { Meeting, Round } from '../../../core/meetings/meeting.ts';
import type { User } from '../../../core/users/user.ts';
import { aMeeting, meetingsOn, online, withPart } from './meeting.fixture.ts';
import { AT, people, type Subject } from './subject.ts';

const ROUND: Round = { free: true, openedAt: AT, closesAt: AT + 60_000, closing: false, occupied: true };
const GOING: Partial<Meeting> = { status: 'ongoing', startedAt: AT, round: ROUND };
const PAGE = { limit: 1000, offset: 0 };

export function breakoutsContract(subject: () => Subject): void {
  const { store, insert, to, get } = meetingsOn(subject);
  const read = () => store().read.meetings;
  const remove = ({ id }: Meeting) => store().transaction((tx) => tx.meetings.remove(id));
  /** A meeting with two rooms, both made by its host. */
  const apart = async () => {
    const [host, guest] = (await people(store(), 2)) as [User, User];
    const meeting = await insert(aMeeting([host, guest], GOING));
    const room = () => insert(aMeeting([host, guest], { ...GOING, parentId: meeting.id }));
    return { host, guest, meeting, rooms: [await room(), await room()] as const };
  };

  describe('breakout rooms', () => {
    it('are found by their meeting while they are open, in the order they were made', async () => {
      const { meeting, rooms } = await apart();
      const [first, second] = rooms;
      expect(await get(first)).toEqual(first);
      expect((await read().roomsOf(meeting.id)).map(({ id }) => id)).toEqual([first.id, second.id]);
      expect((await read().roomsOf(meeting.id))[0]).toMatchObject({ parentId: meeting.id, round: ROUND });
      await to(first, { status: 'ended', endedAt: AT + 1, round: null });
      expect((await read().roomsOf(meeting.id)).map(({ id }) => id)).toEqual([second.id]);
      expect(await read().roomsOf(second.id)).toEqual([]);
    });

    it('are read all at once with their people', async () => {
      const { meeting, rooms, guest } = await apart();
      const [first, second] = rooms;
      const there = await to(first, { participants: withPart(first, guest, online) });
      const peopled = ({ sessions: _, ...room }: Meeting) => room;
      expect(await read().peopledRoomsOf(meeting.id)).toEqual([peopled(there), peopled(second)]);
      expect(await read().peopledRoomsOf(second.id)).toEqual([]);
    });

    it('are told of once for each meeting, with its version and whether anybody is in one', async () => {
      const { meeting, rooms, guest } = await apart();
      const of = async () => (await read().apart()).filter(({ id }) => id === meeting.id);
      expect(await of()).toEqual([{ id: meeting.id, version: meeting.version, occupied: false }]);
      const [first, second] = rooms;
      await to(first, { participants: withPart(first, guest, online) });
      expect(await of()).toEqual([{ id: meeting.id, version: meeting.version, occupied: true }]);
      const ended = await to(meeting, { status: 'ended', endedAt: AT + 1, round: null });
      expect(await of()).toMatchObject([{ version: ended.version }]);
      await remove(ended);
      expect(await of()).toEqual([{ id: meeting.id, version: undefined, occupied: true }]);
      for (const room of [first, second]) await remove(room);
      expect(await of()).toEqual([]);
    });

    it('are in nobody’s list and in no count of meetings; who is in one is found all the same', async () => {
      const before = await store().read.meetingSessions.totals();
      const { meeting, rooms, guest } = await apart();
      const [first] = rooms;
      const after = await store().read.meetingSessions.totals();
      expect(after.meetings.ongoing).toBe(before.meetings.ongoing + 1);
      expect(await read().page({ ofUser: guest.id }, 'newest', PAGE)).toMatchObject([{ id: meeting.id }]);
      expect(await read().count({ ofUser: guest.id })).toBe(1);
      const all = await read().page({ statuses: ['ongoing'] }, 'newest', PAGE);
      expect(all.map(({ id }) => id)).not.toContain(first.id);
      const numbers = await store().read.meetingSessions.numbers(PAGE);
      expect(numbers.map(({ meetingId }) => meetingId)).not.toContain(first.id);
      expect(await read().engaging(guest.id)).toEqual([]);
      const there = await to(first, { participants: withPart(first, guest, online) });
      expect(await read().engaging(guest.id)).toEqual([first.id]);
      await to(there, { status: 'ended', endedAt: AT + 1, participants: first.participants });
      expect((await store().read.meetingSessions.totals()).meetings).toEqual(after.meetings);
    });

    it('are due by their people alone; when they close is their meeting’s business', async () => {
      const { meeting, rooms } = await apart();
      const due = await read().due(AT + 60_000, 10_000);
      expect(due).toContain(meeting.id);
      expect(due).not.toContain(rooms[0].id);
    });

    it('go with their meeting, but for those that are not over yet', async () => {
      const { meeting, rooms } = await apart();
      const [first, second] = rooms;
      await to(first, { status: 'ended', endedAt: AT + 1 });
      await remove(meeting);
      expect([await get(meeting), await get(first)]).toEqual([undefined, undefined]);
      expect(await get(second)).toEqual(second);
      await remove(second);
    });
  });
}
