import { describe, expect, it } from 'vitest';
import type { Counters } from '../../ports/counters.ts';

interface Opened {
  counters: Counters;
  /** Time passes. */
  pass(ms: number): void;
}

const MINUTE = { limit: 3, windowMs: 60_000 };
const START = Date.UTC(2026, 0, 1);

/** What every kind of counters must do. The clock begins at `START` and is turned by hand. */
export function countersContract(open: (start: number) => Promise<Opened>): void {
  describe('counters', () => {
    it('take what there is room for, and say when there is room again', async () => {
      const { counters, pass } = await open(START);
      const resetAt = START + 60_000;
      expect(await counters.hit('a', MINUTE)).toEqual({ count: 1, room: true, resetAt, lastAt: null });
      pass(1000);
      expect(await counters.hit('a', MINUTE)).toEqual({ count: 2, room: true, resetAt, lastAt: START });
      expect(await counters.hit('a', MINUTE)).toMatchObject({ count: 3, room: true, lastAt: START + 1000 });
      expect(await counters.hit('a', MINUTE)).toEqual({
        count: 3,
        room: false,
        resetAt,
        lastAt: START + 1000,
      });
      await counters.close();
    });

    it('count each key for itself', async () => {
      const { counters } = await open(START);
      for (const key of ['a', 'b']) {
        for (const count of [1, 2, 3]) expect(await counters.hit(key, MINUTE)).toMatchObject({ count });
      }
      await counters.close();
    });

    it('hold no more than the limit in any window, wherever it begins', async () => {
      const { counters, pass } = await open(START);
      const taken: number[] = [];
      for (let at = 0; at < 300_000; at += 1700) {
        if ((await counters.hit('a', MINUTE)).room) taken.push(at);
        pass(1700);
      }
      expect(taken.length).toBeGreaterThanOrEqual(12);
      for (const begin of taken) {
        expect(taken.filter((at) => at >= begin && at < begin + 60_000).length).toBeLessThanOrEqual(3);
      }
      await counters.close();
    });

    it('let in at `resetAt` whoever has gone on trying', async () => {
      const { counters, pass } = await open(START);
      for (let i = 0; i < 3; i++) await counters.hit('a', MINUTE);
      for (let i = 0; i < 59; i++) {
        pass(1000);
        expect((await counters.hit('a', MINUTE)).room).toBe(false);
      }
      pass(1000);
      expect(await counters.hit('a', MINUTE)).toMatchObject({ count: 1, room: true, lastAt: null });
      await counters.close();
    });

    it('look without counting', async () => {
      const { counters } = await open(START);
      const empty = { count: 0, room: true, resetAt: START, lastAt: null };
      expect(await counters.look('a', MINUTE)).toEqual(empty);
      expect(await counters.look('a', MINUTE)).toEqual(empty);
      for (let i = 0; i < 3; i++) await counters.hit('a', MINUTE);
      expect(await counters.look('a', MINUTE)).toEqual({
        count: 3,
        room: false,
        resetAt: START + 60_000,
        lastAt: START,
      });
      await counters.close();
    });

    it('take back the newest, and begin anew', async () => {
      const { counters, pass } = await open(START);
      await counters.giveBack('a');
      await counters.hit('a', MINUTE);
      pass(10);
      await counters.hit('a', MINUTE);
      await counters.giveBack('a');
      expect(await counters.look('a', MINUTE)).toMatchObject({ count: 1, lastAt: START });
      await counters.forget('a');
      expect(await counters.look('a', MINUTE)).toMatchObject({ count: 0, lastAt: null });
      await counters.close();
    });

    it('give parallel askers no more than there is', async () => {
      const { counters } = await open(START);
      const answers = await Promise.all(Array.from({ length: 20 }, () => counters.hit('a', MINUTE)));
      expect(answers.filter(({ room }) => room)).toHaveLength(3);
      await counters.close();
    });
  });
}
