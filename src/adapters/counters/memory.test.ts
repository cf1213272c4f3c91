import { expect, it } from 'vitest';
import { countersContract } from './counters.contract.ts';
import { MemoryCounters } from './memory.ts';

function open(start: number, keys?: number) {
  let now = start;
  const counters = new MemoryCounters({ clock: { now: () => now }, ...(keys === undefined ? {} : { keys }) });
  return {
    counters,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

countersContract(async (start) => open(start));

const budget = { limit: 5, windowMs: 1000 };

it('remembers so many things and no more, the latest used', async () => {
  const { counters } = open(0, 3);
  for (const key of ['a', 'b', 'c', 'a', 'd']) await counters.hit(key, budget);
  expect(counters.size).toBe(3);
  expect((await counters.look('b', budget)).count).toBe(0);
  expect((await counters.look('a', budget)).count).toBe(2);
  await counters.close();
});

it('forgets what is over, each by its own window', async () => {
  const { counters, pass } = open(0);
  await counters.hit('short', budget);
  await counters.hit('long', { limit: 1, windowMs: 3000 });
  pass(1000);
  counters.sweep();
  expect(counters.size).toBe(1);
  pass(2000);
  counters.sweep();
  expect(counters.size).toBe(0);
  await counters.close();
});
