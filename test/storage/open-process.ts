import { openStore } from '../../src/adapters/storage/open.ts';

/** A process that starts on the database it is told, and ends. */
const store = await openStore(process.argv[2] ?? '');
await store.ping();
await store.close();
