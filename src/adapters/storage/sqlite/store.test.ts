import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Store } from '../../../ports/store.ts';
import { storeContract } from '../contract/store.contract.ts';
import { openStore } from '../open.ts';

describe('the store on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
  const url = `sqlite:${join(folder, 'parley.db')}`;
  let store: Store;
  beforeAll(async () => {
    store = await openStore(url);
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  storeContract(() => ({ store, another: () => openStore(url) }));
});
