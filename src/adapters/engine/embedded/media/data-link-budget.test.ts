import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Budget } from './data-link-budget.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened() {
  const told: boolean[] = [];
  return {
    told,
    budget: new Budget(
      () => Date.now(),
      (exceeded) => told.push(exceeded),
    ),
  };
}

describe('what one client may send', () => {
  it('is enough for what applications do', () => {
    const { told, budget } = opened();
    for (let second = 0; second < 10; second++) {
      for (let i = 0; i < 4000; i++) expect(budget.spend(5000)).toBe(true);
      vi.advanceTimersByTime(1000);
    }
    expect(told).toEqual([]);
  });

  it('ends for a flood, and begins again when it has waited', () => {
    const { told, budget } = opened();
    let sent = 0;
    while (budget.spend(10)) sent++;
    expect(sent).toBe(5000);
    expect(told).toEqual([true]);
    expect(budget.spend(10)).toBe(false);
    vi.advanceTimersByTime(400);
    expect(told).toEqual([true]);
    vi.advanceTimersByTime(200);
    expect(told).toEqual([true, false]);
    expect(budget.spend(10)).toBe(true);
  });

  it('counts bytes as well', () => {
    const { told, budget } = opened();
    let sent = 0;
    while (budget.spend(200_000)) sent++;
    expect(sent).toBeLessThan(200);
    expect(told).toEqual([true]);
    budget.close();
    vi.advanceTimersByTime(5000);
    expect(told).toEqual([true]);
  });
});
