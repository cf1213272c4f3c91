import { describe, expect, it } from 'vitest';
import type { Poll } from '../../../core/polls/poll.ts';
import type { User } from '../../../core/users/user.ts';
import type { Store } from '../../../ports/store.ts';
import { aMeeting, meetingsOn } from './meeting.fixture.ts';
import { AT, people, type Subject } from './subject.ts';

const PAGE = { limit: 10, offset: 0 };

export function pollsContract(subject: () => Subject): void {
  const { store, insert } = meetingsOn(subject);
  const read = () => store().read.polls;
  const aPoll = (meetingId: number, more: Partial<Poll> = {}): Poll => ({
    id: 0,
    meetingId,
    creatorId: null,
    question: '何时？ 😀',
    options: ['Monday', '星期二', 'x'.repeat(120)],
    multiple: true,
    anonymous: false,
    results: 'closed',
    status: 'draft',
    counts: [0, 0, 0],
    voters: 0,
    createdAt: AT,
    openedAt: null,
    closedAt: null,
    toldAt: null,
    dueAt: null,
    ...more,
  });
  const put = (poll: Poll) => store().transaction((tx) => tx.polls.insert(poll));
  const begin = async () => {
    const [a, b] = (await people(store(), 2)) as [User, User];
    return { a, b, meeting: await insert(aMeeting([a], { status: 'ongoing' })) };
  };

  describe('polls', () => {
    it('are answered with their numbers, and read as they were written', async () => {
      const { a, meeting } = await begin();
      const draft = await put(aPoll(meeting.id));
      const full = aPoll(meeting.id, {
        creatorId: a.id,
        multiple: false,
        anonymous: true,
        results: 'live',
        status: 'open',
        counts: [1, 0, 2 ** 31],
        voters: 3,
        openedAt: AT + 1,
        closedAt: AT + 2,
        toldAt: AT + 3,
        dueAt: AT + 4,
      });
      const open = await put(full);
      expect(open).toEqual({ ...full, id: open.id });
      expect(open.id).toBeGreaterThan(draft.id);
      expect([await read().byId(draft.id), await read().byId(open.id)]).toEqual([draft, open]);
      expect(await read().byId(2 ** 40)).toBeUndefined();
      expect(await store().transaction((tx) => tx.polls.lock(draft.id))).toEqual(draft);

      const changed = { ...full, id: draft.id, createdAt: draft.createdAt, creatorId: draft.creatorId };
      await store().transaction((tx) => tx.polls.save(changed));
      expect(await read().byId(draft.id)).toEqual(changed);
    });

    it('of a meeting are listed newest first, without drafts for those who may not see them', async () => {
      const { meeting } = await begin();
      const { meeting: another } = await begin();
      const one = await put(aPoll(meeting.id, { status: 'closed' }));
      const two = await put(aPoll(meeting.id, { status: 'open' }));
      const three = await put(aPoll(meeting.id));
      const four = await put(aPoll(meeting.id, { status: 'open' }));
      await put(aPoll(another.id, { status: 'open' }));
      expect(await read().page(meeting.id, PAGE, true)).toEqual([four, three, two, one]);
      expect(await read().page(meeting.id, PAGE, false)).toEqual([four, two, one]);
      expect(await read().page(meeting.id, { limit: 1, offset: 1 }, false)).toEqual([two]);
      expect([await read().count(meeting.id, true), await read().count(meeting.id, false)]).toEqual([4, 3]);
      expect(await read().open(meeting.id)).toEqual([two, four]);
    });

    it('have one vote of each person, the last', async () => {
      const { a, b, meeting } = await begin();
      const [one, two] = [await put(aPoll(meeting.id)), await put(aPoll(meeting.id))];
      const vote = (user: User, poll: Poll, options: readonly number[] | null) => ({
        pollId: poll.id,
        userId: user.id,
        options,
      });
      const votes = [vote(a, one, [0]), vote(a, two, null), vote(b, one, [1]), vote(a, one, [0, 2])];
      for (const each of votes) await store().transaction((tx) => tx.polls.putVote(each));
      expect(await read().votes(one.id, PAGE)).toEqual([vote(a, one, [0, 2]), vote(b, one, [1])]);
      expect(await read().votes(one.id, { limit: 1, offset: 1 })).toEqual([vote(b, one, [1])]);
      expect(await read().votesOf(a.id, [one.id, two.id])).toEqual(
        new Map([
          [one.id, vote(a, one, [0, 2])],
          [two.id, vote(a, two, null)],
        ]),
      );
      expect(await read().votesOf(b.id, [two.id])).toEqual(new Map());

      await store().transaction((tx) => tx.polls.remove(one.id));
      expect([await read().byId(one.id), await read().votes(one.id, PAGE)]).toEqual([undefined, []]);
      expect((await read().votesOf(a.id, [one.id, two.id])).size).toBe(1);
      expect((await put(aPoll(meeting.id))).id).toBeGreaterThan(two.id);
    });

    it('are found when they are to be told, the longest due first', async () => {
      const { meeting } = await begin();
      const due = async (dueAt: number | null) => (await put(aPoll(meeting.id, { dueAt }))).id;
      const [late, none, first] = [await due(1000), await due(null), await due(500)];
      const found = await read().due(1000, 1000);
      expect(found.filter((id) => [late, none, first].includes(id))).toEqual([first, late]);
      expect(await read().due(999, 1000)).not.toContain(late);
      expect(await read().due(1000, 1)).toHaveLength(1);
    });

    it('are held: of many votes at once each is counted', async () => {
      const { meeting } = await begin();
      const voters = await people(store(), 24);
      const { id } = await put(aPoll(meeting.id, { status: 'open' }));
      const other = await subject().another();
      const vote = (from: Store, userId: number, option: number) =>
        from.transaction(async (tx) => {
          const poll = await tx.polls.lock(id);
          if (!poll) throw new Error('the poll is gone');
          const counts = poll.counts.map((count, index) => count + Number(index === option));
          await tx.polls.save({ ...poll, counts, voters: poll.voters + 1 });
          await tx.polls.putVote({ pollId: id, userId, options: [option] });
        });
      await Promise.all(voters.map((user, i) => vote(i % 2 ? store() : other, user.id, i % 3)));
      await other.close();
      expect(await read().byId(id)).toMatchObject({ counts: [8, 8, 8], voters: 24 });
      expect(await read().votes(id, { limit: 100, offset: 0 })).toHaveLength(24);
    });

    it('go with their meeting', async () => {
      const { a, b, meeting } = await begin();
      const [gone, kept] = [await put(aPoll(meeting.id)), await put(aPoll((await begin()).meeting.id))];
      for (const [user, { id }] of [[a, gone] as const, [b, kept] as const]) {
        await store().transaction((tx) => tx.polls.putVote({ pollId: id, userId: user.id, options: [1] }));
      }
      await store().transaction((tx) => tx.meetings.remove(meeting.id));
      expect([await read().byId(gone.id), await read().votes(gone.id, PAGE)]).toEqual([undefined, []]);
      expect(await read().byId(kept.id)).toEqual(kept);
      expect(await read().votes(kept.id, PAGE)).toHaveLength(1);
    });
  });
}
