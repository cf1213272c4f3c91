import { describe, expect, it } from 'vitest';
import { subjectOf, Token } from './token.ts';

const jwt = (claims: unknown) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`;

describe('a token', () => {
  it('names its subject, in any script', () => {
    expect(subjectOf(jwt({ sub: 'ann' }))).toBe('ann');
    expect(subjectOf(jwt({ sub: 'änn-安' }))).toBe('änn-安');
  });

  it.each([['none'], ['a.b.c'], [jwt({ sub: 7 })], [jwt({})]])('without one names nobody: %s', (token) => {
    expect(subjectOf(token)).toBeUndefined();
  });

  it('from a function is asked for once and again when renewed', async () => {
    let count = 0;
    const token = new Token(() => `token-${++count}`);
    expect(await token.current()).toBe('token-1');
    expect(await token.current()).toBe('token-1');
    expect(await token.renew()).toBe('token-2');
    expect(await token.current()).toBe('token-2');
  });
});
