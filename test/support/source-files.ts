import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The repository's own folder. */
export const root = join(import.meta.dirname, '../..');

/** Paths below the root that match, in order, without what is installed or built. */
export function filesMatching(...patterns: string[]): string[] {
  const skipped = ['node_modules', 'dist', 'data', 'coverage', '.git'];
  return globSync(patterns, { cwd: root, exclude: (name) => skipped.includes(name.split('/').at(-1) ?? '') })
    .map((path) => relative(root, join(root, path)))
    .sort();
}

/** The text of a file, by its path below the root. */
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
