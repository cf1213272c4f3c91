import { describe, expect, it } from 'vitest';
import { LocalBus } from '../../src/adapters/bus/local.ts';
import { people } from '../../src/adapters/storage/contract/subject.ts';
import { openStore } from '../../src/adapters/storage/open.ts';
import { Machine } from '../../src/core/meetings/machine.ts';
import { RecurringMeetings } from '../../src/core/series/index.ts';
import { CHEAP } from '../../src/core/users/people.fixture.ts';
import type { Store } from '../../src/ports/store.ts';
import { backends, freshDatabase } from '../support/databases.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 2, 2, 9);

/** One node of several: its own connection, the clock of all. */
function node(store: Store, clock: { now(): number }) {
  const failed = (what: string, error: unknown) => {
    throw new Error(what, { cause: error });
  };
  const bus = new LocalBus(failed);
  const rules = { emptyRoomMs: 300_000, departureMs: 20_000 };
  const machine = new Machine({ store, bus, clock, rules });
  const nobody = async (): Promise<never> => {
    throw new Error('who plans for themselves is not looked up');
  };
  const together: Machine['together'] = (work) => machine.together(work);
  const meetings = {
    together: async <T>(work: Parameters<typeof together<T>>[0]) => (await together(work)).result,
  };
  return new RecurringMeetings({
    store,
    clock,
    meetings,
    people: { find: nobody, get: nobody, resolve: nobody },
    passwords: CHEAP,
    failed,
  });
}

describe.each(backends())('recurring meetings on %s', (kind) => {
  it('are made once each, however many nodes look at once', async () => {
    await using database = await freshDatabase(kind);
    const stores = [await openStore(database.url), await openStore(database.url)] as const;
    try {
      let now = START;
      const clock = { now: () => now };
      const [one, other] = [node(stores[0], clock), node(stores[1], clock)];
      const [user] = await people(stores[0], 1);
      if (!user) throw new Error('nobody was made');
      const asker = { principal: { kind: 'user', user, jti: 'j', expiresAt: 0 }, device: null } as const;
      const ask = {
        title: 'Daily',
        startTime: START,
        endTime: START + 3_600_000,
        recurrence: { rule: 'FREQ=DAILY', timezone: 'Asia/Shanghai' },
      };
      const ids = [(await one.create(asker, ask)).series.id, (await other.create(asker, ask)).series.id];
      now += 5 * DAY;
      // Both look, and somebody changes the series meanwhile.
      await Promise.all([
        one.sweep(),
        other.sweep(),
        one.update(asker, ids[0] ?? 0, { title: 'Other' }),
        other.sweep(),
      ]);
      for (const id of ids) {
        const made = await stores[0].read.series.made(id);
        expect(new Set(made.map(({ day }) => day)).size).toBe(made.length);
        expect(made).toHaveLength(65);
      }
      const next = (await stores[1].read.series.nextOf(ids, now)).get(ids[0] ?? 0);
      expect(next).toMatchObject({ title: 'Other', occurrenceDay: '2026-03-07' });
    } finally {
      for (const store of stores) await store.close();
    }
  });
});
