import { expect, it } from 'vitest';
import { Kept } from './kept.ts';

it('keeps the first 64 frames of a pair, in order, whoever else sends', () => {
  const kept = new Kept();
  for (let n = 0; n < 100; n++) {
    kept.add(1, 'ann', `ann ${n}`);
    if (n < 3) kept.add(1, 'bob', `bob ${n}`);
  }
  const frames = kept.of(1);
  expect(frames.filter((text) => text.startsWith('ann'))).toEqual(
    Array.from({ length: 64 }, (_, n) => `ann ${n}`),
  );
  expect(frames.slice(0, 4)).toEqual(['ann 0', 'bob 0', 'ann 1', 'bob 1']);
  expect(kept.of(2)).toEqual([]);
});

it('keeps no more than 64 kB of a pair', () => {
  const kept = new Kept();
  const half = 'x'.repeat(32 * 1024);
  kept.add(1, 'ann', 'x'.repeat(65 * 1024));
  for (let n = 0; n < 5; n++) kept.add(1, 'ann', half);
  expect(kept.of(1)).toEqual([half, half]);
});

it('forgets one person’s without the others’', () => {
  const kept = new Kept();
  kept.add(1, 'ann', 'a');
  kept.add(2, 'ann', 'b');
  kept.drop(1);
  expect([kept.of(1), kept.of(2)]).toEqual([[], ['b']]);
});
