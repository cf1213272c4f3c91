import { describe, expect, it } from 'vitest';
import type { Driver } from './dialect.ts';
import { sqliteDialect } from './sqlite/dialect.ts';
import { SqlStore } from './store.ts';

class Busy extends Error {}
class Gone extends Error {}

/** A driver whose statements, begins and commits do as they are told, and which keeps a diary. */
function scripted(script: Partial<Record<'begin' | 'statement' | 'commit', () => void>>) {
  const diary: string[] = [];
  const step = (name: 'begin' | 'statement' | 'commit') => {
    diary.push(name);
    script[name]?.();
  };
  const session = {
    rows: () => {
      step('statement');
      return [];
    },
    change: () => 0,
  };
  const driver: Driver = {
    dialect: {
      ...sqliteDialect,
      isRetryable: (error) => error instanceof Busy,
      isUnavailable: (error) => error instanceof Gone,
    },
    read: session,
    begin: () => {
      step('begin');
      return {
        ...session,
        commit: () => step('commit'),
        rollback: () => void diary.push('rollback'),
      };
    },
    exclusively: () => Promise.reject(new Error('not scripted')),
    ping: async () => step('statement'),
    close: async () => void diary.push('close'),
  };
  const count = (what: string) => diary.filter((word) => word === what).length;
  return { store: new SqlStore(driver), diary, count };
}

/** Throws so many times and then no more. */
function failing(times: number, error: () => Error) {
  let left = times;
  return () => {
    if (left-- > 0) throw error();
  };
}

const unavailable = { code: 'unavailable', key: 'database' };
const busy = () => new Busy('deadlock');

describe('a transaction that collides', () => {
  it('is run again from its beginning, wherever it collided', async () => {
    for (const where of ['begin', 'statement', 'commit'] as const) {
      const { store, diary } = scripted({ [where]: failing(2, busy) });
      let runs = 0;
      const answer = await store.transaction(async (tx) => {
        runs++;
        await tx.users.byId(1);
        return 'done';
      });
      expect(answer).toBe('done');
      expect(runs).toBe(where === 'begin' ? 1 : 3);
      expect(diary.at(-1)).toBe('commit');
    }
  });

  it('is given up after a bounded number of attempts, each undone', async () => {
    const { store, count } = scripted({ statement: failing(100, busy) });
    await expect(store.transaction((tx) => tx.users.byId(1))).rejects.toMatchObject(unavailable);
    expect(count('begin')).toBe(8);
    expect(count('rollback')).toBe(8);
    expect(count('commit')).toBe(0);
  });

  it('is run again even when the work hid the collision', async () => {
    const { store, count } = scripted({ statement: failing(1, busy) });
    const answer = await store.transaction(async (tx) => tx.users.byId(1).catch(() => 'hidden'));
    expect(answer).toBeUndefined();
    expect(count('begin')).toBe(2);
  });

  it('runs no further statement of the attempt', async () => {
    const { store, count } = scripted({ statement: failing(1, busy) });
    let first = true;
    await store.transaction(async (tx) => {
      await tx.users.byId(1).catch(() => undefined);
      if (first) {
        first = false;
        await expect(tx.users.byId(2)).rejects.toMatchObject(unavailable);
      }
    });
    expect(count('statement')).toBe(2);
  });
});

describe('a transaction that fails otherwise', () => {
  it('is run once and undone', async () => {
    const { store, diary } = scripted({ statement: failing(1, () => new Error('no such column')) });
    await expect(store.transaction((tx) => tx.users.byId(1))).rejects.toThrow('no such column');
    expect(diary).toEqual(['begin', 'statement', 'rollback']);
  });

  it('is unavailable when the database is', async () => {
    for (const where of ['begin', 'statement', 'commit'] as const) {
      const { store, count } = scripted({ [where]: failing(1, () => new Gone('connection lost')) });
      const work = store.transaction((tx) => tx.users.byId(1));
      await expect(work).rejects.toMatchObject({ ...unavailable, cause: expect.any(Gone) });
      expect(count('begin')).toBe(1);
    }
  });
});

describe('a read outside a transaction', () => {
  it('is asked again when it collides, a bounded number of times', async () => {
    const passing = scripted({ statement: failing(3, busy) });
    expect(await passing.store.read.users.byId(1)).toBeUndefined();
    expect(passing.count('statement')).toBe(4);
    const stuck = scripted({ statement: failing(100, busy) });
    await expect(stuck.store.read.users.byId(1)).rejects.toMatchObject(unavailable);
    expect(stuck.count('statement')).toBe(8);
  });
});

describe('the store', () => {
  it('closes once', async () => {
    const { store, diary } = scripted({});
    await store.close();
    await store.close();
    expect(diary).toEqual(['close']);
  });
});
