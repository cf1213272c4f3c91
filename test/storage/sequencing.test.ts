import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/storage/open.ts';
import type { OrderedEvent } from '../../src/core/events.ts';
import type { Store } from '../../src/ports/store.ts';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { waitFor } from '../support/wait-for.ts';
import { Running } from './processes.ts';

const WRITERS = 20;
const ROUNDS = 25;

// The databases side by side: each waits for a lease to run out.
describe.concurrent.each(backends())('the order of events on %s', (kind) => {
  let database: FreshDatabase;
  let stores: Store[];
  beforeEach(async () => {
    database = await freshDatabase(kind);
    stores = [await openStore(database.url), await openStore(database.url)];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await database[Symbol.asyncDispose]();
  });
  const started = async (nodeId: string) => {
    const running = new Running('sequencer-process.ts', [database.url, nodeId]);
    await waitFor(() => running.out !== '', { reason: 'a sequencer to start', timeoutMs: 30_000 });
    return running;
  };

  /** Twenty who write at once, to subjects they share, some of them changing their mind. */
  async function write(rounds = ROUNDS): Promise<number> {
    let committed = 0;
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      const store = stores[writer % stores.length] as Store;
      for (let round = 0; round < rounds; round++) {
        const undone = (writer + round) % 7 === 0;
        const work = store.transaction(async (tx) => {
          await tx.events.appendNext(`shared-${round % 5}`, 'thing.happened', round, { writer });
          await tx.events.appendNext(`own-${writer}`, 'thing.happened', round, { writer });
          if (undone) throw new Error('undone');
        });
        if (undone) await expect(work).rejects.toThrow('undone');
        else {
          await work;
          committed += 2;
        }
      }
    });
    await Promise.all(writers);
    return committed;
  }

  const all = async (): Promise<OrderedEvent[]> => {
    const found: OrderedEvent[] = [];
    for (;;) {
      const page = await (stores[0] as Store).read.events.ordered(found.at(-1)?.position ?? 0, 200);
      found.push(...page);
      if (page.length < 200) return found;
    }
  };

  /** Positions without gaps or doubles; within a subject in the order of its own numbers, without gaps. */
  function expectOneOrder(events: readonly OrderedEvent[]): void {
    expect(events.map((event) => event.position)).toEqual(events.map((_, i) => i + 1));
    for (const [subject, own] of Map.groupBy(events, (event) => event.subject)) {
      expect({ subject, seqs: own.map((event) => event.seq) }).toEqual({
        subject,
        seqs: own.map((_, i) => i + 1),
      });
    }
  }

  it('has no gap and no double under twenty writers, with two processes that sequence', {
    concurrent: false,
  }, async () => {
    await using one = await started('one');
    await using two = await started('two');
    const committed = await write();
    await waitFor(async () => (await stores[0]?.read.events.lastPosition()) === committed, {
      reason: 'every event to have its position',
    });
    const events = await all();
    expect(events).toHaveLength(committed);
    expectOneOrder(events);
    expect(await one.end('SIGTERM')).toBe(0);
    expect(await two.end('SIGTERM')).toBe(0);
    expect(one.errors + two.errors).toBe('');
  });

  it('goes on when the process that sequences is killed', { concurrent: false }, async () => {
    await using one = await started('one');
    const before = await write(3);
    await waitFor(async () => (await stores[0]?.read.events.lastPosition()) === before, {
      reason: 'the first events to have their positions',
    });
    const writing = write(10);
    await one.end('SIGKILL');
    await using two = await started('two');
    const committed = before + (await writing);
    await waitFor(async () => (await stores[0]?.read.events.lastPosition()) === committed, {
      reason: 'the successor to give the rest their positions',
      timeoutMs: 20_000,
    });
    expectOneOrder(await all());
    expect(two.errors).toBe('');
  });

  it('holds even where two believe to have the lease', { concurrent: false }, async () => {
    let writing = true;
    const greedy = stores.map(async (store) => {
      while (writing || (await store.read.events.unsequenced())) {
        await store.transaction((tx) => tx.events.sequence(7));
      }
    });
    const committed = await write(8);
    writing = false;
    await Promise.all(greedy);
    const events = await all();
    expect(events).toHaveLength(committed);
    expectOneOrder(events);
  });
});
