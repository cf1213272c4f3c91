import { ConnectionQuality } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { opinionOf, qualityOf, scoreOf, smoothed } from './score.ts';

const { EXCELLENT, GOOD, POOR } = ConnectionQuality;
const FINE = { loss: 0, video: true };

describe('the score of a connection', () => {
  it.each([
    ['nothing wrong', FINE, EXCELLENT],
    ['a loss of 1 %', { ...FINE, loss: 0.01 }, EXCELLENT],
    ['a loss of 3 %', { ...FINE, loss: 0.03 }, GOOD],
    ['a loss of 3 % of sound alone', { loss: 0.03, video: false }, EXCELLENT],
    ['a loss of 10 %', { ...FINE, loss: 0.1 }, POOR],
    ['all lost', { ...FINE, loss: 1 }, POOR],
    ['a round trip of 300 ms', { ...FINE, roundTripMs: 300 }, EXCELLENT],
    ['a round trip of 1 s', { ...FINE, roundTripMs: 1000 }, GOOD],
    ['jitter of 200 ms', { ...FINE, jitterMs: 200 }, GOOD],
    ['a layer missing', { ...FINE, shortfall: 1 }, GOOD],
    ['a track that stands still', { ...FINE, shortfall: Number.POSITIVE_INFINITY }, POOR],
  ])('with %s is of the right quality, and never lost', (_, measured, quality) => {
    expect(qualityOf(scoreOf(measured))).toBe(quality);
  });

  it('falls fast and rises slowly', () => {
    expect(smoothed(100, 30)).toBeCloseTo(44);
    expect(smoothed(44, 100)).toBeCloseTo(66.4);
  });

  it('is an opinion between 1 and 4.5', () => {
    expect(opinionOf(100)).toBe(4.5);
    expect(opinionOf(30)).toBeGreaterThan(1);
    expect(opinionOf(30)).toBeLessThan(2.1);
  });
});
