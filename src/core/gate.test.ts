import { expect, it } from 'vitest';
import { Gate } from './gate.ts';

/** Work that ends when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { run: () => promise, end: resolve };
}

it('lets so many through at once and the others after them, in the order they came', async () => {
  const gate = new Gate({ atOnce: 2, waiting: 10 });
  const works = Array.from({ length: 4 }, held);
  const begun: number[] = [];
  const done = works.map((work, i) =>
    gate.run(async () => {
      begun.push(i);
      await work.run();
    }),
  );
  expect(begun).toEqual([0, 1]);
  works[1]?.end();
  await done[1];
  expect(begun).toEqual([0, 1, 2]);
  for (const work of works) work.end();
  await Promise.all(done);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('gives a place back that failed, and refuses at once when too many wait', async () => {
  const gate = new Gate({ atOnce: 1, waiting: 1 });
  const work = held();
  const failing = gate.run(async () => {
    await work.run();
    throw new Error('no');
  });
  const waiting = gate.run(async () => 'after it');
  await expect(gate.run(async () => 'too many')).rejects.toMatchObject({
    code: 'unavailable',
    details: { retryAfter: 2 },
  });
  work.end();
  await expect(failing).rejects.toThrow('no');
  expect(await waiting).toBe('after it');
  expect(await gate.run(async () => 'free again')).toBe('free again');
});
