import { expect, it } from 'vitest';
import { sweepDue } from './sweep.ts';

it('expires all that is due, past whatever cannot be', async () => {
  const waiting = new Set(Array.from({ length: 450 }, (_, i) => i));
  const failures: number[] = [];
  const tried: number[] = [];
  const changed = await sweepDue<number>({
    due: async (limit) => [...waiting].slice(0, limit),
    async expire(one) {
      tried.push(one);
      if (one < 120) throw new Error('not now');
      // Nothing to do, and due all the same.
      if (one < 240) return false;
      return waiting.delete(one);
    },
    failed: (one) => void failures.push(one),
  });
  expect(changed).toBe(210);
  expect(tried).toEqual(Array.from({ length: 450 }, (_, i) => i));
  expect(failures).toHaveLength(120);
});

it('goes on with what came meanwhile, batch by batch', async () => {
  const waiting = Array.from({ length: 100 }, (_, i) => i);
  const changed = await sweepDue<number>({
    due: async (limit) => waiting.slice(0, limit),
    async expire(one) {
      if (one === 0) waiting.push(100);
      return waiting.splice(waiting.indexOf(one), 1).length === 1;
    },
    failed: () => expect.unreachable(),
  });
  expect(changed).toBe(101);
});
