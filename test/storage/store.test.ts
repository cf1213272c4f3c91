import { afterAll, beforeAll, describe } from 'vitest';
import { storeContract } from '../../src/adapters/storage/contract/store.contract.ts';
import { openStore } from '../../src/adapters/storage/open.ts';
import type { Store } from '../../src/ports/store.ts';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';

// SQLite runs beside its driver.
describe.each(backends().filter((kind) => kind !== 'sqlite'))('the store on %s', (kind) => {
  let database: FreshDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await freshDatabase(kind);
    store = await openStore(database.url);
  });
  afterAll(async () => {
    await store.close();
    await database[Symbol.asyncDispose]();
  });
  storeContract(() => ({ store, another: () => openStore(database.url) }));
});
