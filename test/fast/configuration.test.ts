import { expect, it } from 'vitest';
import { CONFIG_VARIABLES } from '../../src/config/env.ts';
import { filesMatching, textOf } from '../support/source-files.ts';

/** The names, whether they are listed bare, listed with facts about each, or keys. */
function namesIn(listed: unknown): string[] {
  const entries = Array.isArray(listed) ? listed : Object.keys(listed as object);
  return entries.map((entry) => (typeof entry === 'string' ? entry : String(entry.name))).sort();
}

it('every variable is in .env.example, and nothing else is', () => {
  const read = namesIn(CONFIG_VARIABLES);
  const documented = [...textOf('.env.example').matchAll(/^(?:#\s*)?([A-Z][A-Z0-9_]*)=/gm)]
    .map(([, name]) => name ?? '')
    .sort();
  expect(read.length).toBeGreaterThan(0);
  expect(documented).toEqual(read);
});

it('only src/config/env.ts reads the environment', () => {
  const readers = filesMatching('src/**/*.ts').filter((path) => /\bprocess\.env\b/.test(textOf(path)));
  expect(readers).toEqual(['src/config/env.ts']);
});

it('the core knows no process', () => {
  const users = filesMatching('src/core/**/*.ts').filter((path) =>
    /(?<![.\w'])process\.\w/.test(textOf(path)),
  );
  expect(users).toEqual([]);
});
