import { expect, it } from 'vitest';
import { filesMatching, textOf } from '../support/source-files.ts';

/** The most lines a file may have. The first pattern that fits counts. */
const BUDGETS: { files: RegExp; lines: number; why: string }[] = [
  {
    files: /\/migrations\/|\/tables?(\/|\.ts$)|\/i18n\//,
    lines: Number.POSITIVE_INFINITY,
    why: 'tables are as long as they are',
  },
  { files: /^src\/main\.ts$/, lines: 40, why: 'main only wires: config, compose, start, wait, dispose' },
  { files: /^src\/ports\/.*(?<!\.(contract|test))\.ts$/, lines: 60, why: 'a port can be read standing up' },
  { files: /./, lines: 500, why: 'split it by verb: one file, one purpose' },
];

it('no file is longer than its budget', () => {
  const files = filesMatching('{src,sdk,web,test,bench,scripts}/**/*.{ts,tsx,css,mjs,sh}');
  expect(files.length).toBeGreaterThan(20);
  const tooLong = files.flatMap((path) => {
    const length = textOf(path).trimEnd().split('\n').length;
    const budget = BUDGETS.find(({ files }) => files.test(path));
    return budget && length > budget.lines
      ? `${path} has ${length} lines of ${budget.lines}: ${budget.why}`
      : [];
  });
  expect(tooLong).toEqual([]);
});
