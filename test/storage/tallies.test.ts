import { describe, expect, it } from 'vitest';
import { people } from '../../src/adapters/storage/contract/subject.ts';
import { openStore } from '../../src/adapters/storage/open.ts';
import { begin } from '../../src/core/meetings/begin.ts';
import { USUAL_SETTINGS } from '../../src/core/meetings/clean.ts';
import type { Store } from '../../src/ports/store.ts';
import { backends, freshDatabase } from '../support/databases.ts';

const AT = Date.UTC(2026, 2, 2, 9);

/** Meetings whose sums are kept in rows of their own. */
async function meetings(store: Store): Promise<readonly [number, number]> {
  const [user] = await people(store, 1);
  if (!user) throw new Error('nobody was made');
  const plan = { title: 'Weekly', description: '', startTime: null, endTime: null, maxParticipants: 9 };
  const creator = { userId: user.id, uid: user.uid };
  const make = () => {
    const { meeting } = begin(
      { ...plan, type: 'video', settings: USUAL_SETTINGS, hasPassword: false, creator },
      AT,
    );
    return store.transaction((tx) => tx.meetings.insert(meeting, null));
  };
  return [(await make()).id, (await make()).id];
}

// SQLite has one who writes at a time.
describe.each(backends().filter((kind) => kind !== 'sqlite'))('what meetings come to on %s', (kind) => {
  it('is counted without waiting for each other, whatever the order of the meetings', async () => {
    await using database = await freshDatabase(kind);
    const store = await openStore(database.url);
    try {
      const [one, other] = await meetings(store);
      const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
      let runs = 0;
      const say = (ids: readonly number[], first: 0 | 1) =>
        store.transaction(async (tx) => {
          runs += 1;
          for (const meetingId of ids) {
            await tx.messages.insert({ id: 0, meetingId, userId: 1, uid: 'a', content: 'hello', at: AT });
            begun[first].resolve();
            await Promise.all(begun.map(({ promise }) => promise));
          }
        });
      await Promise.all([say([one, other], 0), say([other, one], 1)]);
      expect(runs).toBe(2);
      expect((await store.read.meetingSessions.totals()).messages).toBe(4);
    } finally {
      await store.close();
    }
  });
});
