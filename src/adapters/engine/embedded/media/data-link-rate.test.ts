import { describe, expect, it } from 'vitest';
import { DrainRate } from './data-link-rate.ts';

describe('how fast a channel takes what it is given', () => {
  it('is not known of one that is never behind', () => {
    const rate = new DrainRate();
    for (let at = 0; at < 5000; at += 100) rate.sample(at, 1000, 0);
    expect(rate.perSecond()).toBeUndefined();
  });

  it('is what leaves while something waits', () => {
    const rate = new DrainRate();
    rate.sample(0, 10_000, 10_000);
    for (let at = 100; at <= 2000; at += 100) rate.sample(at, 0, 10_000 - at * 4);
    expect(rate.perSecond()).toBeCloseTo(4000, -3);
  });

  it('does not count the time in which nothing waited', () => {
    const rate = new DrainRate();
    rate.sample(0, 10_000, 10_000);
    rate.sample(500, 0, 5000);
    rate.sample(500, 0, 0);
    rate.sample(1500, 1000, 1000);
    expect(rate.perSecond(501)).toBeUndefined();
    expect(rate.perSecond(500)).toBe(20_000);
  });

  it('is none of what stands still, and forgets what was before', () => {
    const rate = new DrainRate();
    rate.sample(0, 50_000, 50_000);
    rate.sample(100, 0, 40_000);
    for (let at = 200; at <= 3000; at += 100) rate.sample(at, 0, 40_000);
    expect(rate.perSecond(1500)).toBe(0);
  });

  it('does not take for taken what was dropped', () => {
    const rate = new DrainRate();
    rate.sample(0, 50_000, 50_000);
    for (let at = 100; at <= 1600; at += 100) rate.sample(at, 0, 50_000);
    rate.dropped(49_000);
    rate.sample(1700, 0, 1000);
    expect(rate.perSecond(1500)).toBe(0);
  });
});
