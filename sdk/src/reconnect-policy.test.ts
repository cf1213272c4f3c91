import { describe, expect, it } from 'vitest';
import { defaultReconnectPolicy, policyOf } from './reconnect-policy.ts';

describe('the reconnect policy', () => {
  it('tries at once, then ever later, then every seven seconds', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => defaultReconnectPolicy.nextDelay(attempt));
    expect(delays).toEqual([0, 300, 1200, 2700, 4800, 7000, 7000, 7000]);
  });

  it('can be a function', () => {
    const policy = policyOf((attempt) => (attempt === 0 ? 5 : null));
    expect([policy.nextDelay(0), policy.nextDelay(1)]).toEqual([5, null]);
  });
});
