import { describe, expect, it } from 'vitest';
import type { Meeting, MeetingHead } from '../../../core/meetings/meeting.ts';
import type { User } from '../../../core/users/user.ts';
import { aMeeting, aPart, aSession, meetingsOn, next, online, withPart } from './meeting.fixture.ts';
import { AT, people, type Subject } from './subject.ts';

export function meetingsContract(subject: () => Subject): void {
  const { store, insert, save, to, get } = meetingsOn(subject);
  const three = async () => (await people(store(), 3)) as [User, User, User];
  const read = () => store().read.meetings;

  describe('meetings', () => {
    it('come back as they went in, with numbers of the database', async () => {
      const [a, b, c] = await three();
      const fresh = aMeeting([a, c, b], { startTime: AT + 5, endTime: AT + 9, locked: true });
      const meeting = await insert(fresh);
      expect(meeting).toMatchObject({ ...fresh, id: expect.any(Number), participants: expect.any(Array) });
      expect(meeting.id).toBeGreaterThan(0);
      expect(meeting.participants.map(({ uid }) => uid)).toEqual([a.uid, c.uid, b.uid]);
      for (const { id } of meeting.participants) expect(id).toBeGreaterThan(0);
      expect(await get(meeting)).toEqual(meeting);
      const { participants, sessions, ...head } = meeting;
      expect(await read().head(meeting.id)).toEqual(head);
      expect(await store().transaction((tx) => tx.meetings.lock(meeting.id))).toEqual(meeting);
      expect([await read().get(2 ** 40), await read().head(2 ** 40)]).toEqual([undefined, undefined]);
      expect(await store().transaction((tx) => tx.meetings.lock(2 ** 40))).toBeUndefined();
    });

    it('are saved from version to version, somebody who comes in and connects at once included', async () => {
      const [a, b] = await three();
      const meeting = await insert(aMeeting([a]));
      const going = await to(meeting, {
        status: 'ongoing',
        startedAt: AT + 5,
        title: 'Another title',
        settings: { ...meeting.settings, chat: false },
        participants: [
          ...withPart(meeting, a, { ...online, handAt: AT }),
          aPart(b, { ...online, guest: true }),
        ],
        sessions: [aSession(meeting, b, { kind: 'media', nodeId: null })],
      });
      const [, second] = going.participants;
      expect(second).toMatchObject({ uid: b.uid, state: 'online', id: expect.any(Number) });
      expect(second?.id).toBeGreaterThan(0);
      expect(going.sessions).toMatchObject([{ userId: b.id, participantId: second?.id }]);
      expect(await get(meeting)).toEqual(going);
      const ended = await to(going, {
        status: 'ended',
        endedAt: AT + 6,
        sessions: going.sessions.map((session) => ({
          ...session,
          endedAt: AT + 6,
          reason: 'ended' as const,
        })),
      });
      expect(ended.sessions).toEqual([]);
      expect(await get(meeting)).toEqual(ended);
    });

    it('are written by one of two who read the same version', async () => {
      const [a, b, c] = await three();
      const meeting = await insert(aMeeting([a]));
      const with_ = (user: User) => next(meeting, { participants: [...meeting.participants, aPart(user)] });
      expect(await save(meeting, with_(b))).toBeDefined();
      expect(await save(meeting, with_(c))).toBeUndefined();
      expect((await get(meeting))?.participants.map(({ uid }) => uid)).toEqual([a.uid, b.uid]);
    });

    it('are held: twenty who come follow each other and lose nothing', async () => {
      const crowd = await people(store(), 21);
      const meeting = await insert(aMeeting([crowd[0] as User]));
      const other = await subject().another();
      await Promise.all(
        crowd.slice(1).map((user, i) =>
          (i % 2 ? store() : other).transaction(async (tx) => {
            const before = await tx.meetings.lock(meeting.id);
            if (!before) throw new Error('the meeting is gone');
            const after = next(before, { participants: [...before.participants, aPart(user, online)] });
            expect(await tx.meetings.save(before, after)).toBeDefined();
          }),
        ),
      );
      await other.close();
      const after = await get(meeting);
      expect(after?.participants).toHaveLength(21);
      expect(after?.version).toBe(meeting.version + 20);
    });

    it('keep the password’s hash to themselves', async () => {
      const [a] = await three();
      const meeting = await insert(aMeeting([a]), 'argon2id$one');
      expect(meeting.hasPassword).toBe(true);
      expect(await get(meeting)).toEqual(meeting);
      expect(JSON.stringify(await get(meeting))).not.toContain('argon2id');
      expect(await read().passwordHash(meeting.id)).toBe('argon2id$one');
      await store().transaction((tx) => tx.meetings.setPassword(meeting.id, null));
      expect(await read().passwordHash(meeting.id)).toBeUndefined();
      expect((await read().head(meeting.id))?.hasPassword).toBe(false);
      await store().transaction((tx) => tx.meetings.setPassword(meeting.id, 'argon2id$two'));
      expect(await read().passwordHash(meeting.id)).toBe('argon2id$two');
      expect((await read().head(meeting.id))?.hasPassword).toBe(true);
    });

    it('count their events without their people, until they are over', async () => {
      const [a] = await three();
      const meeting = await insert(aMeeting([a]));
      const bump = () => store().transaction((tx) => tx.meetings.bump(meeting.id));
      expect([await bump(), await bump()]).toEqual([meeting.version + 1, meeting.version + 2]);
      // Whoever read it before comes too late.
      expect(await save(meeting, next(meeting, { title: 'Late' }))).toBeUndefined();
      const now = (await get(meeting)) as Meeting;
      expect(now).toEqual({ ...meeting, version: meeting.version + 2 });
      await to(now, { status: 'cancelled' });
      expect([await bump(), (await get(meeting))?.version]).toEqual([undefined, now.version + 1]);
      expect(await store().transaction((tx) => tx.meetings.bump(2 ** 40))).toBeUndefined();
    });

    it('are due by the first deadline of the meeting or somebody in it, and never when over', async () => {
      const [a, b] = await three();
      const meeting = await insert(aMeeting([a, b], { status: 'ongoing', emptyAt: AT + 50 }));
      const dueAt = async (now: number) => (await read().due(now, 10_000)).includes(meeting.id);
      expect([await dueAt(AT + 49), await dueAt(AT + 50)]).toEqual([false, true]);
      const came = await to(meeting, {
        participants: withPart(meeting, b, { ...online, deadlineAt: AT + 20 }),
      });
      expect([await dueAt(AT + 19), await dueAt(AT + 20)]).toEqual([false, true]);
      await to(came, { status: 'ended', endedAt: AT });
      expect(await dueAt(AT + 100)).toBe(false);
    });

    it('are gone when they are removed, and their numbers are not given again', async () => {
      const [a, b] = await three();
      const meeting = await insert(aMeeting([a, b]));
      const joined = await to(meeting, {
        participants: withPart(meeting, b, online),
        sessions: [aSession(meeting, b)],
      });
      await store().transaction((tx) =>
        tx.messages.insert({ id: 0, meetingId: meeting.id, userId: b.id, uid: b.uid, content: 'x', at: AT }),
      );
      await store().transaction((tx) => tx.meetings.remove(meeting.id));
      await store().transaction((tx) => tx.meetings.remove(meeting.id));
      expect(await get(meeting)).toBeUndefined();
      expect(await store().read.meetingSessions.byId(joined.sessions[0]?.id ?? '')).toBeUndefined();
      expect(await store().read.messages.count(meeting.id)).toBe(0);
      expect(await read().count({ ofUser: b.id })).toBe(0);
      expect((await insert(aMeeting([a]))).id).toBeGreaterThan(meeting.id);
    });
  });

  describe('a meeting’s people', () => {
    it('are found one by one, in pages of their states, and by their numbers', async () => {
      const [a, b, c] = await three();
      const meeting = await insert(
        aMeeting([a, b, c], {
          participants: [aPart(a, { role: 'host', ...online }), aPart(b, { state: 'waiting' }), aPart(c)],
        }),
      );
      const removed = await to(meeting, { participants: withPart(meeting, c, { state: 'removed' }) });
      const [first, second, third] = removed.participants;
      expect(await read().participant(meeting.id, b.id)).toEqual(second);
      expect(await read().participant(meeting.id, 2 ** 40)).toBeUndefined();
      const page = { limit: 10, offset: 0 };
      const { id } = meeting;
      expect(await read().participants(id, page)).toEqual([first, second]);
      expect(await read().participants(id, { limit: 1, offset: 1 })).toEqual([second]);
      expect(await read().participants(id, page, ['removed', 'waiting', 'offline'])).toEqual([second, third]);
      expect(await read().participants(id, page, ['offline'])).toEqual([]);
      expect(await read().countParticipants(id)).toBe(2);
      expect(await read().countParticipants(id, ['online', 'waiting', 'removed'])).toBe(3);
      expect(await read().whose(second?.id ?? 0)).toEqual({ meetingId: id, userId: b.id });
      expect(await read().whose(2 ** 40)).toBeUndefined();
    });

    it('have their parts in several meetings, and are counted where they are in', async () => {
      const [a, b] = await three();
      const one = await insert(aMeeting([a, b]));
      const two = await insert(aMeeting([a]));
      const ids = [one.id, two.id];
      expect(await read().partsOf(b.id, ids)).toEqual(new Map([[one.id, one.participants[1]]]));
      expect([...(await read().partsOf(a.id, ids)).keys()].sort((x, y) => x - y)).toEqual(ids);
      expect(await read().partsOf(a.id, [])).toEqual(new Map());
      expect(await read().online(ids)).toEqual(new Map());
      const going = await to(one, { participants: one.participants.map((part) => ({ ...part, ...online })) });
      expect(await read().online(ids)).toEqual(new Map([[one.id, 2]]));
      expect(await read().online([])).toEqual(new Map());
      await to(going, { participants: withPart(going, b, { state: 'offline' }) });
      expect(await read().online(ids)).toEqual(new Map([[one.id, 1]]));
    });

    it('are in meetings that go on, or wait for one', async () => {
      const [a, b] = await three();
      const going = await insert(aMeeting([a, b], { status: 'ongoing' }));
      const inMedia = async (id: number) => (await read().ongoing()).find((one) => one.id === id)?.inMedia;
      expect(await inMedia(going.id)).toBe(0);
      const engaging = async () => [await read().engaging(a.id), await read().engaging(b.id)];
      expect(await engaging()).toEqual([[], []]);
      const waits = await insert(aMeeting([b, a], { participants: [aPart(a, { state: 'waiting' })] }));
      const there = await to(going, {
        participants: going.participants.map((part) => ({ ...part, ...online })),
        sessions: [
          aSession(going, a),
          aSession(going, a, { kind: 'media' }),
          aSession(going, b, { kind: 'media' }),
        ],
      });
      expect(await inMedia(going.id)).toBe(2);
      expect(await inMedia(waits.id)).toBeUndefined();
      expect(await engaging()).toEqual([[going.id, waits.id], [going.id]]);
      await to(there, { status: 'ended', participants: withPart(there, b, { state: 'offline' }) });
      expect(await engaging()).toEqual([[waits.id], []]);
      expect(await inMedia(going.id)).toBeUndefined();
    });
  });

  describe('lists of meetings', () => {
    const titles = (list: readonly MeetingHead[]) => list.map(({ title }) => title);
    const all = { limit: 10, offset: 0 };

    /** Five of Ann's and Bob's, in the order they were made; planned for other hours than that. */
    async function five() {
      const [a, b, c] = await three();
      const plan = (title: string, by: User, startTime: number | null, more: Partial<Meeting> = {}) =>
        insert(aMeeting(by === a ? [a, b] : [b, a], { title, startTime, ...more }));
      await plan('Later 50%_off', a, AT + 30);
      await plan('Unplanned', a, null, { createdAt: AT + 10 });
      await plan('Soon', b, AT + 20, { endTime: AT + 40 });
      await plan('Over', b, AT - 20, { status: 'ended' });
      await plan('Now ÄÖ', a, AT - 10, { status: 'ongoing' });
      return { a, b, c };
    }

    it('are in the planned order either way, or newest first, page by page', async () => {
      const { a, c } = await five();
      const mine = { ofUser: a.id };
      const soonest = ['Over', 'Now ÄÖ', 'Unplanned', 'Soon', 'Later 50%_off'];
      expect(titles(await read().page(mine, 'soonest', all))).toEqual(soonest);
      expect(titles(await read().page(mine, 'latest', all))).toEqual([...soonest].reverse());
      expect(titles(await read().page(mine, 'soonest', { limit: 2, offset: 1 }))).toEqual(
        soonest.slice(1, 3),
      );
      const newest = ['Now ÄÖ', 'Over', 'Soon', 'Unplanned', 'Later 50%_off'];
      expect(titles(await read().page(mine, 'newest', all))).toEqual(newest);
      expect(titles(await read().page({}, 'newest', { limit: 5, offset: 0 }))).toEqual(newest);
      expect(await read().page({ ofUser: c.id }, 'newest', all)).toEqual([]);
      expect([await read().count(mine), await read().count({ ofUser: c.id })]).toEqual([5, 0]);
      const [first] = await read().page(mine, 'newest', { limit: 1, offset: 0 });
      expect(first).toEqual(await read().head(first?.id ?? 0));
    });

    it('have what their filter lets through, and as many are counted', async () => {
      const { a, b } = await five();
      const of = async (filter: Parameters<ReturnType<typeof read>['page']>[0]) => {
        const found = titles(await read().page({ ofUser: a.id, ...filter }, 'soonest', all));
        expect(await read().count({ ofUser: a.id, ...filter })).toBe(found.length);
        return found;
      };
      expect(await of({ creatorId: a.id })).toEqual(['Now ÄÖ', 'Unplanned', 'Later 50%_off']);
      expect(await of({ notCreatorId: a.id })).toEqual(['Over', 'Soon']);
      expect(await of({ ofUser: undefined, creatorId: b.id })).toEqual(['Over', 'Soon']);
      expect(await of({ statuses: ['ended', 'ongoing'] })).toEqual(['Over', 'Now ÄÖ']);
      expect(await of({ statuses: [] })).toEqual([]);
      expect(await of({ search: 'äö' })).toEqual(['Now ÄÖ']);
      expect(await of({ search: '%_O' })).toEqual(['Later 50%_off']);
      expect(await of({ search: '_' })).toEqual(['Later 50%_off']);
      expect(await of({ search: 'o', creatorId: a.id })).toEqual(['Now ÄÖ', 'Later 50%_off']);
      expect(await of({ from: AT + 10, before: AT + 30 })).toEqual(['Unplanned', 'Soon']);
      const statuses = ['scheduled', 'ongoing'] as const;
      expect(await of({ statuses, notPastAt: AT + 35 })).toEqual(['Now ÄÖ', 'Unplanned', 'Soon']);
      expect(await of({ statuses, notPastAt: AT + 40 })).toEqual(['Now ÄÖ', 'Unplanned']);
    });

    it('of all people’s meetings are counted whatever their state, and narrowed as well', async () => {
      const before = await read().count({ statuses: ['scheduled', 'ended'] });
      const everything = await read().count({});
      const { a } = await five();
      expect(await read().count({ statuses: ['scheduled', 'ended'] })).toBe(before + 4);
      expect(await read().count({})).toBe(everything + 5);
      const search = a.uid.toUpperCase();
      await insert(aMeeting([a], { title: `With ${a.uid}` }));
      expect(titles(await read().page({ search }, 'latest', all))).toEqual([`With ${a.uid}`]);
      expect(await read().count({ search, statuses: ['scheduled'] })).toBe(1);
      expect(await read().count({ search, statuses: ['ended'] })).toBe(0);
    });

    it('follow a meeting’s plan and state, and end with somebody’s removal', async () => {
      const [a, b] = await three();
      const one = await insert(aMeeting([a, b], { title: 'one', startTime: AT + 1 }));
      await insert(aMeeting([a, b], { title: 'two', startTime: AT + 2 }));
      const of = async (user: User) => titles(await read().page({ ofUser: user.id }, 'soonest', all));
      expect(await of(b)).toEqual(['one', 'two']);
      const moved = await to(one, { startTime: AT + 3 });
      expect(await of(b)).toEqual(['two', 'one']);
      const ended = await to(moved, { status: 'ended' });
      expect(titles(await read().page({ ofUser: b.id, statuses: ['ended'] }, 'latest', all))).toEqual([
        'one',
      ]);
      const without = await to(ended, { participants: withPart(ended, b, { state: 'removed' }) });
      expect([await of(a), await of(b)]).toEqual([['two', 'one'], ['two']]);
      expect(await read().count({ ofUser: b.id })).toBe(1);
      await to(without, { participants: withPart(without, b, { state: 'offline' }) });
      expect(await of(b)).toEqual(['two', 'one']);
    });
  });
}
