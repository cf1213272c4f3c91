import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Paced } from './paced.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('what is asked for often is done at once, then now and then, and once more for the last time it was asked', () => {
  const work = vi.fn();
  const paced = new Paced(work, 1000);
  paced.ask();
  expect(work).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 30; i++) {
    paced.ask();
    vi.advanceTimersByTime(100);
  }
  expect(work).toHaveBeenCalledTimes(4);
  vi.advanceTimersByTime(60_000);
  expect(work).toHaveBeenCalledTimes(4);
  paced.ask();
  expect(work).toHaveBeenCalledTimes(5);
  paced.ask();
  paced.stop();
  vi.advanceTimersByTime(60_000);
  expect(work).toHaveBeenCalledTimes(5);
});
