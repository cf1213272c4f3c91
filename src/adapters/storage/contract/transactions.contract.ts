import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../../ports/store.ts';
import { AT, aUser, people, type Subject, uniqueUid } from './subject.ts';

export function transactionsContract(subject: () => Subject): void {
  const store = () => subject().store;

  describe('transactions', () => {
    it('answer what the work answers, and keep what it wrote', async () => {
      const uid = uniqueUid();
      const answer = await store().transaction(async (tx) => {
        await tx.users.insert(aUser(uid));
        return { word: 'done' };
      });
      expect(answer).toEqual({ word: 'done' });
      expect(await store().read.users.byUid(uid)).toBeDefined();
    });

    it('undo everything when the work throws, and throw the very same', async () => {
      const uid = uniqueUid();
      const mine = new Error('mine');
      const failed = store().transaction(async (tx) => {
        await tx.users.insert(aUser(uid));
        await tx.events.appendNext(uid, 't', AT, {});
        throw mine;
      });
      await expect(failed).rejects.toBe(mine);
      expect(await store().read.users.byUid(uid)).toBeUndefined();
      expect(await store().read.events.ofSubject(uid, 0, 1)).toEqual([]);
    });

    it('see their own writes; nobody else does before the end', async () => {
      const uid = uniqueUid();
      await store().transaction(async (tx) => {
        await tx.users.insert(aUser(uid));
        expect(await tx.users.byUid(uid)).toBeDefined();
        expect(await store().read.users.byUid(uid)).toBeUndefined();
      });
      expect(await store().read.users.byUid(uid)).toBeDefined();
    });

    it('cannot be used after their end, however they ended', async () => {
      const kept: Transaction[] = [];
      await store().transaction(async (tx) => void kept.push(tx));
      const failed = store().transaction(async (tx) => {
        kept.push(tx);
        throw new Error('failed');
      });
      await expect(failed).rejects.toThrow('failed');
      expect(kept).toHaveLength(2);
      for (const tx of kept) await expect(tx.users.byUid('x')).rejects.toThrow('the transaction is over');
    });

    it('do not commit the rest of work that swallowed a failed statement', async () => {
      const uid = uniqueUid();
      const event = { subject: uid, seq: 1, type: 't', at: AT, data: {} };
      const swallowing = store().transaction(async (tx) => {
        await tx.users.insert(aUser(uid));
        await tx.events.append([event]);
        await tx.events.append([event]).catch(() => undefined);
      });
      await expect(swallowing).rejects.toMatchObject({ code: 'conflict', key: 'taken' });
      expect(await store().read.users.byUid(uid)).toBeUndefined();
    });

    it('that lock each other are run again until both are through', async () => {
      const [a, b] = (await people(store(), 2)).map((user) => user.id);
      if (a === undefined || b === undefined) throw new Error('two people were made');
      const other = await subject().another();
      let runs = 0;
      // Each holds one person and then wants the other's: without an order, and again and again.
      const both = (first: number, second: number, from = store()) =>
        from.transaction(async (tx) => {
          runs++;
          await tx.users.update(first, { displayName: `by ${first}` });
          await tx.users.byId(first);
          await new Promise((resolve) => setImmediate(resolve));
          await tx.users.update(second, { displayName: `by ${first}` });
        });
      await Promise.all(Array.from({ length: 4 }, (_, i) => (i % 2 ? both(a, b) : both(b, a, other))));
      await other.close();
      expect(runs).toBeGreaterThanOrEqual(4);
      const [one, two] = await store().read.users.byIds([a, b]);
      expect(one?.displayName).toBe(two?.displayName);
    });

    it('from two processes at once all get through', async () => {
      const other = await subject().another();
      const uids = Array.from({ length: 40 }, uniqueUid);
      await Promise.all(
        uids.map((uid, i) => (i % 2 ? store() : other).transaction((tx) => tx.users.insert(aUser(uid)))),
      );
      await other.close();
      expect(await store().read.users.byUids(uids)).toHaveLength(40);
    });

    it('answer a ping', async () => {
      await expect(store().ping()).resolves.toBeUndefined();
    });
  });
}
