import { describe, expect, it } from 'vitest';
import { complaint } from '../support/import-table.ts';
import { importsOf } from '../support/imports.ts';
import { filesMatching, textOf } from '../support/source-files.ts';

const complaintsAbout = (path: string, text: string): string[] =>
  importsOf(path, text).flatMap((imported) => complaint(path, imported) ?? []);

describe('doors -> core -> ports <- adapters', () => {
  it('every import is one that the table allows', () => {
    // This file holds wrong imports on purpose, below.
    const files = filesMatching('{src,sdk,web,test}/**/*.{ts,tsx}').filter(
      (path) => path !== 'test/fast/imports.test.ts',
    );
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((path) => complaintsAbout(path, textOf(path)))).toEqual([]);
  });

  it.each([
    ['src/core/calls/a.ts', "import { x } from '../../adapters/storage/calls.ts';"],
    ['src/core/calls/a.ts', "import { x } from '../../ports/store.ts';"],
    ['src/core/calls/a.ts', "import Fastify from 'fastify';"],
    ['src/core/calls/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['src/core/calls/a.ts', "const x = await import('../../doors/http.ts');"],
    ['src/ports/a.ts', "import { x } from '../core/errors.ts';"],
    ['src/adapters/storage/a.ts', "import { x } from '../bus/local.ts';"],
    ['src/adapters/storage/a.ts', "export { decide } from '../../core/calls/index.ts';"],
    ['src/doors/rooms/a.ts', "import { x } from '../host/b.ts';"],
    ['src/doors/rooms/a.ts', "import {\n  x,\n  y,\n} from '../../core/calls/decide.ts';"],
    ['src/main.ts', "import { x } from './core/errors.ts';"],
    ['src/core/a.test.ts', "import { x } from '../../test/support/wait-for.ts';"],
    ['sdk/src/a.ts', "import { EventEmitter } from 'node:events';"],
    ['web/src/a.tsx', "import { x } from '../../src/core/errors.ts';"],
    ['test/a.test.ts', "import { x } from '../src/doors/http.ts';"],
  ])('%s may not say %s', (path, text) => {
    expect(complaintsAbout(path, text)).toHaveLength(1);
  });

  it.each([
    ['src/core/calls/a.ts', "import type { Store } from '../../ports/store.ts';"],
    ['src/core/calls/a.ts', "import { type Store } from '../../ports/store.ts';"],
    [
      'src/adapters/storage/a.ts',
      "import { sql } from 'kysely';\nimport { fail } from '../../core/errors.ts';",
    ],
    ['src/adapters/storage/a.ts', "import { x } from './dialects/sqlite.ts';"],
    [
      'src/doors/rooms/a.ts',
      "import { x } from '../http.ts';\nimport { y } from '../../core/calls/index.ts';",
    ],
    ['src/compose.ts', "import { x } from './adapters/storage/db.ts';"],
    ['web/src/a.tsx', "import { useState } from 'react';\nimport { connect } from 'parley-client';"],
  ])('%s may say %s', (path, text) => {
    expect(complaintsAbout(path, text)).toEqual([]);
  });
});
