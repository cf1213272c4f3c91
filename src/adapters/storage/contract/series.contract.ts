import { describe, expect, it } from 'vitest';
import type { Series } from '../../../core/series/series.ts';
import type { User } from '../../../core/users/user.ts';
import { aMeeting, aPart, meetingsOn, SOME_SETTINGS } from './meeting.fixture.ts';
import { AT, people, type Subject } from './subject.ts';

const PAGE = { limit: 10, offset: 0 };

export function seriesContract(subject: () => Subject): void {
  const { store, insert, to } = meetingsOn(subject);
  const read = () => store().read.series;
  const aSeries = (creator: User, more: Partial<Series> = {}): Series => ({
    id: 0,
    creatorId: creator.id,
    rule: 'FREQ=WEEKLY;BYDAY=MO',
    timezone: 'Europe/Berlin',
    start: '2027-01-18T10:00:00',
    exdates: ['2027-02-01'],
    durationMs: 3_600_000,
    title: '周会 and more',
    description: '',
    maxParticipants: 20,
    type: 'video',
    settings: SOME_SETTINGS,
    hasPassword: false,
    state: 'active',
    madeUntil: AT,
    lookAt: AT + 10,
    createdAt: AT,
    updatedAt: AT,
    version: 1,
    ...more,
  });
  const put = (series: Series, hash: string | null = null) =>
    store().transaction((tx) => tx.series.insert(series, hash));
  const begin = async () => {
    const [a, b] = (await people(store(), 2)) as [User, User];
    return { a, b, series: await put(aSeries(a)) };
  };

  describe('series of meetings', () => {
    it('are answered with their numbers, read and changed', async () => {
      const { a, series } = await begin();
      const another = await put(aSeries(a, { exdates: [] }), 'a hash');
      expect(another.id).toBeGreaterThan(series.id);
      expect(await read().get(series.id)).toEqual(series);
      expect(await read().get(another.id)).toEqual({ ...another, hasPassword: true });
      expect(await read().passwordHash(another.id)).toBe('a hash');
      expect(await read().passwordHash(series.id)).toBeUndefined();
      expect(await read().ofCreator(a.id, PAGE)).toEqual([another, series]);
      expect(await read().ofCreator(a.id, { limit: 1, offset: 1 })).toEqual([series]);
      expect(await read().countOf(a.id)).toBe(2);
      const after = {
        ...series,
        rule: 'FREQ=DAILY',
        exdates: [],
        state: 'ended',
        lookAt: null,
        version: 2,
      } as const;
      await store().transaction(async (tx) => {
        expect(await tx.series.lock(series.id)).toEqual(series);
        await tx.series.save(after);
        await tx.series.setPassword(another.id, null);
      });
      expect(await read().get(series.id)).toEqual(after);
      expect(await read().get(another.id)).toEqual({ ...another, hasPassword: false });
      expect(await read().get(2 ** 40)).toBeUndefined();
    });

    it('are due in their order, ended ones never', async () => {
      const { a, series } = await begin();
      const early = await put(aSeries(a, { lookAt: AT + 5 }));
      await put(aSeries(a, { lookAt: null, state: 'ended' }));
      const due = async (now: number) =>
        (await read().due(now, 1000)).filter((id) => id === series.id || id === early.id);
      expect(await due(AT + 4)).toEqual([]);
      expect(await due(AT + 10)).toEqual([early.id, series.id]);
    });

    it('have one meeting a day, listed by their times, and give a day free again', async () => {
      const { a, b, series } = await begin();
      const on = (day: string | null, at: number, more = {}) =>
        insert(
          aMeeting([a], {
            seriesId: series.id,
            occurrenceDay: day,
            startTime: at,
            endTime: at + 100,
            ...more,
          }),
        );
      const late = await on('2027-01-25', AT + 2000);
      const soon = await on('2027-01-18', AT + 1000, {
        participants: [aPart(a, { role: 'host' }), aPart(b)],
      });
      await expect(on('2027-01-18', AT + 3000)).rejects.toMatchObject({ code: 'conflict' });
      await on(null, AT + 50, { status: 'cancelled' });
      await on(null, AT + 60, { status: 'cancelled' });
      expect((await read().meetings(series.id, PAGE)).map(({ startTime }) => startTime)).toEqual([
        AT + 50,
        AT + 60,
        AT + 1000,
        AT + 2000,
      ]);
      expect(await read().countMeetings(series.id)).toBe(4);
      const nextOf = async (now: number) => (await read().nextOf([series.id], now)).get(series.id);
      expect((await nextOf(AT))?.id).toBe(soon.id);
      expect((await nextOf(AT + 1100))?.id).toBe(late.id);
      expect(await read().nextOf([], AT)).toEqual(new Map());
      expect(await nextOf(AT + 2100)).toBeUndefined();
      await to(soon, { status: 'ongoing', startedAt: AT });
      expect((await nextOf(AT + 2100))?.id).toBe(soon.id);
      expect([await read().isIn(series.id, b.id), await read().isIn(late.id, b.id)]).toEqual([true, false]);
      expect(await read().made(series.id)).toEqual([
        { meetingId: late.id, day: '2027-01-25', status: 'scheduled' },
        { meetingId: soon.id, day: '2027-01-18', status: 'ongoing' },
      ]);
      await store().transaction((tx) => tx.series.release(late.id));
      expect(await read().made(series.id)).toHaveLength(1);
      expect((await store().read.meetings.head(late.id))?.seriesId).toBe(series.id);
      await on('2027-01-25', AT + 2000);
    });

    it('hand over their meetings from a day on', async () => {
      const { a, series } = await begin();
      const to = await put(aSeries(a));
      for (const day of ['2027-01-18', '2027-01-25', '2027-02-01', null]) {
        await insert(aMeeting([a], { seriesId: series.id, occurrenceDay: day }));
      }
      await store().transaction((tx) => tx.series.move(series.id, to.id, '2027-01-25'));
      expect((await read().made(series.id)).map(({ day }) => day)).toEqual(['2027-01-18']);
      expect((await read().made(to.id, '2027-01-26')).map(({ day }) => day)).toEqual(['2027-02-01']);
      expect((await read().made(to.id)).map(({ day }) => day)).toEqual(['2027-01-25', '2027-02-01']);
      expect(await read().countMeetings(series.id)).toBe(2);
    });

    it('are held by one at a time', async () => {
      const { series } = await begin();
      const other = await subject().another();
      const stores = [store(), other, store(), other];
      await Promise.all(
        stores.map((one) =>
          one.transaction(async (tx) => {
            const held = await tx.series.lock(series.id);
            if (!held) throw new Error('the series is gone');
            await tx.series.save({ ...held, version: held.version + 1 });
          }),
        ),
      );
      await other.close();
      expect((await read().get(series.id))?.version).toBe(5);
    });
  });
}
