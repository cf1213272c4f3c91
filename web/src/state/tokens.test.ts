import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fresh, readTokens, renew, type Tokens, writeTokens } from './tokens.ts';

const tokens = (name: string, expiresAt = 10_000_000): Tokens => ({
  token: name,
  refresh: `${name}-refresh`,
  expiresAt,
});

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('tokens', () => {
  it('come back from storage, and nothing else does', () => {
    writeTokens(tokens('a'));
    expect(readTokens()).toEqual(tokens('a'));
    localStorage.setItem('parley.session', '{"token":1}');
    expect(readTokens()).toBeUndefined();
    localStorage.setItem('parley.session', '{not json');
    expect(readTokens()).toBeUndefined();
  });

  it('are renewed before they end', () => {
    expect(fresh(tokens('a', 100_000), 39_000)).toBe(true);
    expect(fresh(tokens('a', 100_000), 41_000)).toBe(false);
  });
});

describe('renew', () => {
  it('asks the server once and keeps the answer', async () => {
    writeTokens(tokens('old', 0));
    const ask = vi.fn(async () => tokens('new'));
    expect(await renew(tokens('old', 0), ask, () => 0)).toEqual(tokens('new'));
    expect(ask).toHaveBeenCalledExactlyOnceWith('old-refresh');
    expect(readTokens()).toEqual(tokens('new'));
  });

  it('takes what another tab was quicker to get, for a second use ends the sign-in', async () => {
    writeTokens(tokens('theirs'));
    const ask = vi.fn(async () => tokens('ours'));
    expect(await renew(tokens('old', 0), ask, () => 0)).toEqual(tokens('theirs'));
    expect(ask).not.toHaveBeenCalled();
  });
});
