import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import { zhCn } from '../i18n/zh-cn.ts';
import { endedWord, refusedWord } from './call-words.ts';
import type { EndReason } from './sdk.ts';

const reasons: EndReason[] = [
  'hung_up',
  'cancelled',
  'rejected',
  'busy',
  'missed',
  'unavailable',
  'not_allowed',
  'answered_elsewhere',
  'rejected_elsewhere',
  'media_error',
  'lost',
  'error',
];

describe('endedWord', () => {
  it('has a word in both languages for every reason and side', () => {
    for (const reason of reasons) {
      for (const direction of ['outgoing', 'incoming'] as const) {
        const key = endedWord(reason, direction);
        expect(Object.keys(en)).toContain(key);
        expect(Object.keys(zhCn)).toContain(key);
      }
    }
  });

  it('tells the two sides of one ending differently', () => {
    expect(endedWord('missed', 'outgoing')).toBe('call.noAnswer');
    expect(endedWord('missed', 'incoming')).toBe('call.missed');
    expect(endedWord('cancelled', 'incoming')).toBe('call.missed');
    expect(endedWord('rejected', 'outgoing')).toBe('call.declined');
  });
});

describe('refusedWord', () => {
  it('calls what it does not know a failed call', () => {
    expect(refusedWord(new Error('x'))).toBe('call.failed');
  });
});

describe('words', () => {
  it('are the same keys in both languages, and Chinese never says 您', () => {
    const wanted = Object.keys(en).filter((key) => !key.endsWith('_one'));
    expect(Object.keys(zhCn).sort()).toEqual(wanted.sort());
    for (const text of Object.values(zhCn)) expect(text).not.toContain('您');
  });

  it('keep the same values to fill in', () => {
    const holes = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1]).sort();
    for (const [key, text] of Object.entries(zhCn)) {
      expect(holes(text), key).toEqual(holes((en as Record<string, string>)[key] ?? ''));
    }
  });
});
