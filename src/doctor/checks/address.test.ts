import { describe, expect, it } from 'vitest';
import { isPrivate } from '../is-private.ts';
import { ownLanguage, say } from '../words.ts';
import { judge } from './address.ts';

describe('an announced address', () => {
  const own = new Set(['192.168.1.5', '198.51.100.4', '127.0.0.1']);
  const world = new Set(['203.0.113.7']);
  const nobody = new Set<string>();

  it.each([
    ['198.51.100.4', nobody, 'ok', 'address.own'],
    ['192.168.1.5', nobody, 'ok', 'address.local'],
    ['203.0.113.7', world, 'ok', 'address.seen'],
    ['203.0.113.9', world, 'failed', 'address.other'],
    ['203.0.113.9', nobody, 'skipped', 'address.unknown'],
  ])('%s, seen as %s: %s', (address, seen, state, word) => {
    expect(judge(address, own, seen)).toMatchObject({ state, say: word });
  });

  it('that is wrong is told with the one that is right', () => {
    const { say: word, with: details } = judge('203.0.113.9', own, world);
    expect(say(word, 'en', details)).toContain('203.0.113.7');
    expect(say(word, 'zh', details)).toContain('203.0.113.7');
  });
});

it.each([
  ['10.1.2.3', true],
  ['100.64.0.1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['203.0.113.7', false],
  ['fd00::2', true],
  ['2001:db8::7', false],
])('%s is private: %s', (address, expected) => {
  expect(isPrivate(address)).toBe(expected);
});

it.each([
  ['zh-CN', 'zh'],
  ['zh', 'zh'],
  ['en-US', 'en'],
  ['zha', 'en'],
])('%s is spoken to in %s', (locale, language) => {
  expect(ownLanguage(locale)).toBe(language);
});
