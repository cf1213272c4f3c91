import { expect, it } from 'vitest';
import { Speakers } from './speakers.ts';

it('a cough makes nobody large, a second of speech does', () => {
  const speakers = new Speakers();
  expect(speakers.heard(['a'], 0)).toEqual([]);
  expect(speakers.heard([], 500)).toEqual([]);
  speakers.heard(['a'], 600);
  expect(speakers.heard(['a'], 1600)).toEqual(['a']);
  expect(speakers.main).toBe('a');
});

it('who is large stays so for three seconds, and while they speak or nobody else does', () => {
  const speakers = new Speakers();
  speakers.heard(['a'], 0);
  speakers.heard(['a'], 1000);
  speakers.heard(['b'], 1100);
  speakers.heard(['b'], 2200);
  expect(speakers.main).toBe('a');
  speakers.heard(['b'], 4000);
  expect(speakers.main).toBe('b');
  speakers.heard([], 60_000);
  expect(speakers.main).toBe('b');
  speakers.heard(['a', 'b'], 61_000);
  speakers.heard(['a', 'b'], 62_500);
  expect(speakers.main).toBe('b');
});

it('who has gone is large no longer, and the next may follow at once', () => {
  const speakers = new Speakers();
  speakers.heard(['a'], 0);
  speakers.heard(['a', 'b'], 1000);
  speakers.keep(['b']);
  expect(speakers.main).toBeUndefined();
  speakers.heard(['b'], 2000);
  expect(speakers.main).toBe('b');
  expect([...speakers.spoke.keys()]).toEqual(['b']);
});
