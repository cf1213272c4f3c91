import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../core/errors.ts';
import { hasWords, say } from './words.ts';

const root = new URL('../', import.meta.url);

/** Keys as the source gives them to errors: the second word of `ParleyError`, the first of the short forms. */
const GIVEN = [
  /new ParleyError\(\s*'\w+',\s*'([\w.]+)'/g,
  /\b(?:notFound|forbidden|conflict|unauthenticated)\(\s*'([\w.]+)'/g,
  /\b(?:invalid|refuse)\(\s*'?\w+'?,\s*'([\w.]+)'/g,
  /\bsay\(\s*'([\w.]+)'/g,
];

function keysGiven(): Map<string, string> {
  const keys = new Map<string, string>();
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || /\.(test|fixture|contract)\.ts$/.test(file)) continue;
    const text = readFileSync(new URL(file, root), 'utf8');
    for (const pattern of GIVEN) {
      for (const [, key] of text.matchAll(pattern)) if (key) keys.set(key, file);
    }
  }
  return keys;
}

it('has words for every key that an error is given, in both languages', () => {
  const keys = keysGiven();
  expect(keys.size).toBeGreaterThan(40);
  const wordless = [...keys].filter(([key]) => !hasWords(key)).map(([key, file]) => `${key} (${file})`);
  expect(wordless).toEqual([]);
});

it('calls roles by one name in Chinese, wherever they are named', () => {
  const NAMES = { moderator: '协管人', administrator: '管理员', host: '主持人' };
  const wrong = [...keysGiven().keys()].filter((key) => {
    const [en, zh] = [say(key, 'en'), say(key, 'zh')];
    return Object.entries(NAMES).some(
      ([name, called]) => new RegExp(`\\b${name}\\b`).test(en) && !zh.includes(called),
    );
  });
  expect(wrong).toEqual([]);
});

it('fills in what the details say', () => {
  expect(say('group.full', 'en', { limit: 500 })).toBe('A group has at most 500 members');
  expect(say('invalid.field', 'zh', {})).toBe('参数错误：');
});

it('has words for the bare codes that answers fall back to', () => {
  expect(ERROR_CODES).toContain('internal');
  for (const code of ['internal', 'unavailable', 'limit', 'too_large', 'unsupported'])
    expect(hasWords(code)).toBe(true);
});
