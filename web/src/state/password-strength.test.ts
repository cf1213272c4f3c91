import { expect, test } from 'vitest';
import { strengthOf } from './password-strength.ts';

test.each([
  ['password123', 'weak'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['kx3vqz91', 'weak'],
  ['kx3vQz91m', 'fair'],
  ['blue horse under the bridge', 'strong'],
  ['kx3vQz91m!tR7', 'strong'],
] as const)('%s is %s', (password, strength) => {
  expect(strengthOf(password)).toBe(strength);
});

test('one’s own name makes none stronger', () => {
  expect(strengthOf('Alexandra-2026', 'alexandra')).toBe('weak');
  expect(strengthOf('Alexandra-2026')).not.toBe('weak');
});
