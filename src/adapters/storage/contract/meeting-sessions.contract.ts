import { describe, expect, it } from 'vitest';
import type { User } from '../../../core/users/user.ts';
import { aMeeting, aPart, aSession, meetingsOn, online, withPart } from './meeting.fixture.ts';
import { AT, aUser, people, type Subject, uniqueUid } from './subject.ts';

export function meetingSessionsContract(subject: () => Subject): void {
  const { store, insert, to, get } = meetingsOn(subject);
  const two = async () => (await people(store(), 2)) as [User, User];
  const read = () => store().read.meetingSessions;
  const all = { limit: 10, offset: 0 };
  const ended = { endedAt: AT + 2500, reason: 'left' } as const;

  describe('sessions of meetings', () => {
    it('come with their meeting while they last, and are kept when they have ended', async () => {
      const [a, b] = await two();
      const meeting = await insert(aMeeting([a, b]));
      const one = aSession(meeting, a, { startedAt: AT + 1 });
      const other = aSession(meeting, b, { startedAt: AT + 2, kind: 'media', sid: 'PA_1', nodeId: null });
      const open = await to(meeting, { sessions: [one, other] });
      expect(open.sessions).toEqual([one, other]);
      expect(await get(meeting)).toEqual(open);
      const later = aSession(meeting, b, { startedAt: AT + 3 });
      const left = await to(open, { sessions: [{ ...one, ...ended }, other, later] });
      expect(left.sessions).toEqual([other, later]);
      expect(await get(meeting)).toEqual(left);
      expect(await read().byId(one.id)).toEqual({ ...one, ...ended });
      expect(await read().byId(other.id)).toEqual(other);
      expect(await read().byId('ses_none')).toBeUndefined();
      expect(await read().page(meeting.id, all)).toEqual([later, other, { ...one, ...ended }]);
      expect(await read().page(meeting.id, { limit: 1, offset: 1 })).toEqual([other]);
      expect(await read().page(meeting.id, all, true)).toEqual([later, other]);
      expect(await read().page(meeting.id, all, false)).toEqual([{ ...one, ...ended }]);
      const counts = [undefined, true, false].map((which) => read().count(meeting.id, which));
      expect(await Promise.all(counts)).toEqual([3, 2, 1]);
      expect(await read().count(2 ** 40)).toBe(0);
    });

    it('may begin and end in one change', async () => {
      const [a] = await two();
      const meeting = await insert(aMeeting([a]));
      const brief = { ...aSession(meeting, a), ...ended };
      expect((await to(meeting, { sessions: [brief] })).sessions).toEqual([]);
      expect(await read().page(meeting.id, all)).toEqual([brief]);
    });

    it('keep what was measured last, also by somebody who knew nothing of their end', async () => {
      const [a] = await two();
      const meeting = await insert(aMeeting([a]));
      const [one, other] = [aSession(meeting, a), aSession(meeting, a)];
      const open = await to(meeting, { sessions: [one, other] });
      const measure = (loss: number) =>
        store().transaction((tx) =>
          tx.meetingSessions.saveQuality(
            [one, other].map(({ id }) => ({ id, quality: { loss, rttMs: loss === 0 ? null : 31.5 } })),
          ),
        );
      await measure(0);
      await measure(0.25);
      const quality = { loss: 0.25, rttMs: 31.5 };
      expect((await get(meeting))?.sessions).toMatchObject([{ quality }, { quality }]);
      // Read before it was measured, written after.
      await to(open, { sessions: [{ ...one, ...ended }, other] });
      await measure(0);
      expect(await read().byId(one.id)).toEqual({ ...one, ...ended, quality });
      expect(await read().byId(other.id)).toEqual({ ...other, quality: { loss: 0, rttMs: null } });
      await store().transaction((tx) => tx.meetingSessions.saveQuality([]));
    });

    it('of nodes that are gone are found', async () => {
      const [a, b] = await two();
      const [alive, dead, unknown] = [uniqueUid(), uniqueUid(), uniqueUid()];
      await store().transaction(async (tx) => {
        await tx.leases.take(alive, 'it', AT, 1000);
        await tx.leases.take(dead, 'it', AT, 10);
      });
      const meeting = await insert(aMeeting([a, b]));
      const sessions = [alive, dead, unknown, null].map((nodeId) => aSession(meeting, b, { nodeId }));
      const [, second, third] = sessions;
      const open = await to(meeting, { sessions });
      const found = async () =>
        new Set((await read().ofDeadNodes(AT + 10)).filter((one) => one.meetingId === meeting.id));
      const of = (ids: readonly (string | undefined)[]) =>
        new Set(ids.map((id) => ({ meetingId: meeting.id, id, userId: b.id })));
      expect(await found()).toEqual(of([second?.id, third?.id]));
      const without = open.sessions.map((one) => (one.id === second?.id ? { ...one, ...ended } : one));
      await to(open, { sessions: without });
      expect(await found()).toEqual(of([third?.id]));
    });
  });

  describe('what meetings come to', () => {
    const totals = () => read().totals();

    it('is the sum of them, through every change and without what was removed', async () => {
      const [a, b] = await two();
      const before = await totals();
      const { meetings, sessions } = before;
      const meeting = await insert(aMeeting([a, b]));
      await insert(aMeeting([a], { status: 'cancelled' }));
      const [one, other] = [aSession(meeting, a), aSession(meeting, b)];
      const going = await to(meeting, { status: 'ongoing', sessions: [one, other] });
      const left = await to(going, { sessions: [{ ...one, ...ended }, other] });
      await store().transaction((tx) =>
        tx.messages.insert({ id: 0, meetingId: meeting.id, userId: a.id, uid: a.uid, content: 'x', at: AT }),
      );
      expect(await totals()).toEqual({
        users: before.users,
        meetings: { ...meetings, ongoing: meetings.ongoing + 1, cancelled: meetings.cancelled + 1 },
        sessions: { open: sessions.open + 1, total: sessions.total + 2 },
        durationS: expect.any(Number),
        messages: before.messages + 1,
      });
      // Whatever part of a second was there before.
      expect([2, 3]).toContain((await totals()).durationS - before.durationS);
      await to(left, { status: 'ended' });
      expect((await totals()).meetings).toEqual({
        ...meetings,
        ended: meetings.ended + 1,
        cancelled: meetings.cancelled + 1,
      });
      await store().transaction((tx) => tx.meetings.remove(meeting.id));
      expect(await totals()).toEqual({
        ...before,
        meetings: { ...meetings, cancelled: meetings.cancelled + 1 },
      });
    });

    it('has the people that the list of people has: neither the deleted nor guests', async () => {
      const before = await totals();
      const [gone] = await people(store(), 2);
      const meeting = await insert(aMeeting([gone as User]));
      await store().transaction(async (tx) => {
        await tx.users.update((gone as User).id, { status: 'deleted' });
        await tx.users.insert(aUser(uniqueUid(), { guestOf: meeting.id }));
      });
      expect((await totals()).users).toBe(before.users + 1);
    });

    it('is the same when twenty meetings change at once', async () => {
      const crowd = await people(store(), 20);
      const before = await totals();
      const other = await subject().another();
      await Promise.all(
        crowd.map((user, i) =>
          (i % 2 ? store() : other).transaction(async (tx) => {
            const meeting = await tx.meetings.insert(aMeeting([user], { status: 'ongoing' }), null);
            const after = { ...meeting, sessions: [aSession(meeting, user)] };
            expect(await tx.meetings.save(meeting, after)).toBeDefined();
          }),
        ),
      );
      await other.close();
      const { meetings, sessions } = await totals();
      expect(meetings.ongoing).toBe(before.meetings.ongoing + 20);
      expect(sessions).toEqual({ open: before.sessions.open + 20, total: before.sessions.total + 20 });
    });

    it('is told meeting by meeting, those that go on first', async () => {
      const [a, b] = await two();
      const old = await insert(aMeeting([a, b]));
      const ongoing = await insert(aMeeting([a], { status: 'ongoing', startedAt: AT }));
      const newest = await insert(aMeeting([a]));
      const going = await to(old, { status: 'ongoing', participants: withPart(old, b, online) });
      const left = await to(going, {
        participants: [
          ...withPart(going, b, { state: 'offline' }),
          aPart(a, { ...online, role: 'host' }),
        ].slice(1),
        sessions: [aSession(old, b), { ...aSession(old, b), ...ended }],
      });
      const over = await to(left, { status: 'ended', startedAt: AT + 1, endedAt: AT + 9 });
      await store().transaction((tx) =>
        tx.messages.insert({ id: 0, meetingId: old.id, userId: a.id, uid: a.uid, content: 'x', at: AT }),
      );
      const zero = { online: 0, people: 0, sessions: 0, messages: 0, startedAt: null, endedAt: null };
      expect(await read().numbers(all, a.id)).toEqual([
        { ...zero, meetingId: ongoing.id, title: ongoing.title, status: 'ongoing', startedAt: AT },
        { ...zero, meetingId: newest.id, title: newest.title, status: 'scheduled' },
        {
          meetingId: old.id,
          title: old.title,
          status: over.status,
          online: 1,
          people: 2,
          sessions: 2,
          messages: 1,
          startedAt: AT + 1,
          endedAt: AT + 9,
        },
      ]);
      expect(await read().numbers({ limit: 1, offset: 1 }, a.id)).toMatchObject([{ meetingId: newest.id }]);
      expect(await read().numbers(all, b.id)).toMatchObject([{ meetingId: old.id }]);
      expect(await read().numbers(all, 2 ** 40)).toEqual([]);
      const everybody = await read().numbers({ limit: 1000, offset: 0 });
      const place = (id: number) => everybody.findIndex(({ meetingId }) => meetingId === id);
      expect(place(ongoing.id)).toBeLessThan(place(newest.id));
      expect(place(newest.id)).toBeLessThan(place(old.id));
      expect(place(ongoing.id)).toBeGreaterThanOrEqual(0);
    });
  });
}
