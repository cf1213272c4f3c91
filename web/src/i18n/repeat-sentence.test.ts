import i18next from 'i18next';
import { expect, test } from 'vitest';
import { never, type Repeat } from '../state/repeat.ts';
import { enRepeat } from './en-repeat.ts';
import { repeatSentence } from './repeat-sentence.ts';
import type { Words } from './use-words.ts';
import { zhCnRepeat } from './zh-cn-repeat.ts';

async function words(language: 'en' | 'zh-CN'): Promise<Words> {
  const own = i18next.createInstance();
  const translation = language === 'en' ? enRepeat : zhCnRepeat;
  const t = await own.init({
    lng: language,
    resources: { [language]: { translation } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
  return { t: (key, values) => t(key, values ?? {}), language };
}
/** The last Friday of its month, which is the fourth. */
const start = new Date(2026, 1, 27, 10);
const as = (more: Partial<Repeat>): Repeat => ({ ...never, ...more });
const cases: [Partial<Repeat>, string, string][] = [
  [{ kind: 'daily' }, 'Every day at 10:00 AM', '每天 10:00'],
  [{ kind: 'weekdays' }, 'Every weekday at 10:00 AM', '每个工作日 10:00'],
  [
    { kind: 'weekly', days: [3, 1], ends: 'date', until: '2026-04-30' },
    'Every Monday and Wednesday at 10:00 AM, until April 30, 2026',
    '每星期一和星期三 10:00，直到 2026年4月30日',
  ],
  [
    { kind: 'weekly', ends: 'count', count: '12' },
    'Every Friday at 10:00 AM, 12 times',
    '每星期五 10:00，共 12 次',
  ],
  [
    { kind: 'weekly', ends: 'count', count: '1' },
    'Every Friday at 10:00 AM, 1 time',
    '每星期五 10:00，共 1 次',
  ],
  [{ kind: 'monthDate' }, 'Every month on day 27 at 10:00 AM', '每月 27 日 10:00'],
  [{ kind: 'monthDay' }, 'Every month on the fourth Friday at 10:00 AM', '每月第四个星期五 10:00'],
  [{ kind: 'monthLast' }, 'Every month on the last Friday at 10:00 AM', '每月最后一个星期五 10:00'],
  [{ kind: 'yearly' }, 'Every year on February 27 at 10:00 AM', '每年2月27日 10:00'],
  [{ kind: 'own', rule: 'X' }, 'Repeats by a rule of its own at 10:00 AM', '按自定义规则重复，10:00'],
];

test.each(['en', 'zh-CN'] as const)('how a meeting recurs is a sentence: %s', async (language) => {
  const own = await words(language);
  for (const [repeat, en, zh] of cases) {
    // Some versions of the tables put a narrow space before AM.
    const said = repeatSentence(own, as(repeat), start).replace(/\u202f/g, ' ');
    expect(said).toBe(language === 'en' ? en : zh);
  }
});
