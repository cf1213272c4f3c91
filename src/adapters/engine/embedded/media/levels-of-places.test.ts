import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LevelsOfPlaces } from './levels-of-places.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const [here, there] = [{}, {}];
const says = (source: string, dBov: number) => [{ source, dBov }];

function open() {
  const told: string[] = [];
  const levels = new LevelsOfPlaces((now) => told.push(now.map(({ source }) => source).join(' ')));
  return { told, levels };
}

test('one place is heard as it comes', () => {
  const { told, levels } = open();
  for (const name of ['ann', 'bob', 'ann']) levels.heard(here, says(name, -20));
  expect(told).toEqual(['ann', 'bob', 'ann']);
});

test('several are told together, the loudest first, at once and then after 300 ms', () => {
  const { told, levels } = open();
  levels.heard(here, says('ann', -30));
  levels.heard(there, says('bob', -20));
  expect(told).toEqual(['ann', 'bob ann']);
  levels.heard(here, []);
  levels.heard(there, says('cat', -40));
  vi.advanceTimersByTime(299);
  expect(told).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(told.slice(2)).toEqual(['cat']);
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(3);
  levels.heard(here, says('ann', -30));
  expect(told.at(-1)).toBe('ann cat');
});

test('nobody speaks where nobody is any more, and nothing is told once it is closed', () => {
  const { told, levels } = open();
  levels.heard(here, says('ann', -30));
  levels.heard(there, says('bob', -20));
  levels.gone(there);
  levels.heard(here, says('ann', -25));
  vi.advanceTimersByTime(300);
  expect(told.at(-1)).toBe('ann');
  levels.heard(there, says('bob', -20));
  levels.heard(here, []);
  levels.close();
  const before = told.length;
  vi.advanceTimersByTime(300);
  levels.heard(here, says('ann', -30));
  expect(told).toHaveLength(before);
});
