import { expect, it } from 'vitest';
import { TokenCache } from './token-cache.ts';

it('forgets the one that was not used for the longest time', () => {
  const cache = new TokenCache(2);
  cache.set('a', { sub: 'a' });
  cache.set('b', { sub: 'b' });
  cache.get('a');
  cache.set('c', { sub: 'c' });
  expect(cache.get('a')).toEqual({ sub: 'a' });
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('c')).toEqual({ sub: 'c' });
});
