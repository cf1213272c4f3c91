import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Comings } from './comings.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function room() {
  const told: string[] = [];
  const comings = new Comings((key, values) => told.push(`${key} ${JSON.stringify(values)}`));
  return { told, comings };
}

it('one who comes is named, several are counted, and who came and went is not told', () => {
  const { told, comings } = room();
  comings.came('Ann', 2);
  vi.advanceTimersByTime(3000);
  comings.came('Bob', 3);
  comings.came('Cy', 4);
  comings.came('Dana', 5);
  comings.went('Dana', 4);
  comings.went('Ann', 3);
  vi.advanceTimersByTime(3000);
  expect(told).toEqual(['call.joined {"name":"Ann"}', 'room.came {"count":2}', 'call.left {"name":"Ann"}']);
});

it('in a crowd nobody is told', () => {
  const { told, comings } = room();
  comings.came('Ann', 9);
  vi.advanceTimersByTime(3000);
  expect(told).toEqual([]);
});
