import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PageSubscriptions } from './page-subscriptions.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function page() {
  const done: string[] = [];
  const pages = new PageSubscriptions((key, on) => done.push(`${on ? '+' : '-'}${key}`));
  return { done, pages };
}

it('what has been off the page for two seconds is let go, and taken again when it comes back', () => {
  const { done, pages } = page();
  pages.show(['a'], ['a', 'b']);
  vi.advanceTimersByTime(1900);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(done).toEqual(['-b']);
  pages.show(['b'], ['a', 'b']);
  expect(done).toEqual(['-b', '+b']);
  vi.advanceTimersByTime(2000);
  expect(done).toEqual(['-b', '+b', '-a']);
});

it('who turns back at once loses nothing', () => {
  const { done, pages } = page();
  pages.show(['a'], ['a', 'b']);
  vi.advanceTimersByTime(1500);
  pages.show(['b'], ['a', 'b']);
  vi.advanceTimersByTime(1500);
  pages.show(['a', 'b'], ['a', 'b']);
  vi.advanceTimersByTime(10_000);
  expect(done).toEqual([]);
});

it('who has gone is nobody to let go', () => {
  const { done, pages } = page();
  pages.show(['a'], ['a', 'b']);
  pages.show(['a'], ['a']);
  vi.advanceTimersByTime(5000);
  expect(done).toEqual([]);
});
