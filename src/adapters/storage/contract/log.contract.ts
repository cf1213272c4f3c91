import { describe, expect, it } from 'vitest';
import { AT, type Subject, uniqueUid } from './subject.ts';

export function logContract(subject: () => Subject): void {
  const store = () => subject().store;
  const event = (of: string, seq: number, data: Record<string, unknown> = {}) => ({
    subject: of,
    seq,
    type: 'thing.happened',
    at: AT + seq,
    data,
  });
  const sequenceAll = async () => {
    while ((await store().transaction((tx) => tx.events.sequence(7))) > 0);
  };

  describe('the event log', () => {
    it('gives back what went in, exactly, in order, page by page', async () => {
      const of = uniqueUid();
      const odd = {
        text: 'naïve 🦊 \\ " \' \u2028 \u0000',
        big: 9_007_199_254_740_991,
        list: [1.5, null, { a: [] }],
      };
      const events = [event(of, 1, odd), ...[2, 3, 4, 5].map((seq) => event(of, seq))];
      await store().transaction((tx) => tx.events.append(events));
      const { events: read } = store().read;
      expect(await read.ofSubject(of, 0, 100)).toEqual(events);
      expect(await read.ofSubject(of, 2, 2)).toEqual(events.slice(2, 4));
      expect(await read.ofSubject(of, 5, 2)).toEqual([]);
      expect(await read.ofSubject(of.toUpperCase(), 0, 2)).toEqual([]);
    });

    it('refuses a number that is taken and writes nothing of that transaction', async () => {
      const of = uniqueUid();
      await store().transaction((tx) => tx.events.append([event(of, 1)]));
      const again = store().transaction((tx) => tx.events.append([event(of, 2), event(of, 1)]));
      await expect(again).rejects.toMatchObject({ code: 'conflict', key: 'taken' });
      expect(await store().read.events.ofSubject(of, 0, 10)).toHaveLength(1);
    });

    it('counts for subjects without a version, without gaps, from all sides at once', async () => {
      const of = uniqueUid();
      const other = await subject().another();
      const numbers = await Promise.all(
        Array.from({ length: 20 }, async (_, i) => {
          const from = i % 2 ? store() : other;
          return (await from.transaction((tx) => tx.events.appendNext(of, 'contact.asked', AT, { i }))).seq;
        }),
      );
      await other.close();
      expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    });

    it('leaves no gap where a transaction is undone', async () => {
      const of = uniqueUid();
      const next = () => store().transaction((tx) => tx.events.appendNext(of, 't', AT, {}));
      await next();
      const undone = store().transaction(async (tx) => {
        await tx.events.appendNext(of, 't', AT, {});
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect((await next()).seq).toBe(2);
    });

    it('gets one order, oldest first, that later events follow', async () => {
      const [a, b] = [uniqueUid(), uniqueUid()];
      await sequenceAll();
      const start = await store().read.events.lastPosition();
      await store().transaction((tx) => tx.events.append([event(a, 1), event(b, 1), event(a, 2)]));
      expect(await store().read.events.ordered(start, 10)).toEqual([]);
      expect(await store().read.events.unsequenced()).toBe(true);
      await sequenceAll();
      expect(await store().read.events.unsequenced()).toBe(false);
      await store().transaction((tx) => tx.events.append([event(b, 2)]));
      await sequenceAll();
      const found = await store().read.events.ordered(start, 10);
      expect(found).toEqual([
        { ...event(a, 1), position: start + 1 },
        { ...event(b, 1), position: start + 2 },
        { ...event(a, 2), position: start + 3 },
        { ...event(b, 2), position: start + 4 },
      ]);
      expect(await store().read.events.lastPosition()).toBe(start + 4);
      expect(await store().read.events.ordered(start + 1, 2)).toEqual(found.slice(1, 3));
    });
  });

  describe('webhooks', () => {
    const webhook = (id: string) => ({
      id,
      url: 'https://example.org/hook?x=1',
      secret: 'schlüssel',
      events: ['call.*', 'leg.joined'],
      cursor: 5,
      attempts: 0,
      nextAt: 0,
      failingSince: null,
      createdAt: AT,
    });

    it('are kept, changed and removed', async () => {
      const hook = webhook(uniqueUid());
      await store().transaction((tx) => tx.webhooks.insert(hook));
      expect(await store().read.webhooks.get(hook.id)).toEqual(hook);
      expect(await store().read.webhooks.list()).toContainEqual(hook);
      const patch = { attempts: 2, nextAt: AT + 4, failingSince: AT, events: ['*'] };
      expect(await store().transaction((tx) => tx.webhooks.update(hook.id, patch))).toBe(true);
      expect(await store().read.webhooks.get(hook.id)).toEqual({ ...hook, ...patch });
      await store().transaction((tx) => tx.webhooks.remove(hook.id));
      expect(await store().read.webhooks.get(hook.id)).toBeUndefined();
      expect(await store().transaction((tx) => tx.webhooks.update(hook.id, { cursor: 6 }))).toBe(false);
    });

    it('move on only from where somebody believes them to be', async () => {
      const hook = webhook(uniqueUid());
      await store().transaction((tx) => tx.webhooks.insert(hook));
      const move = (to: number, from: number) =>
        store().transaction((tx) => tx.webhooks.update(hook.id, { cursor: to }, from));
      expect(await move(6, 5)).toBe(true);
      expect(await move(7, 5)).toBe(false);
      expect((await store().read.webhooks.get(hook.id))?.cursor).toBe(6);
    });

    it('list what was given up, the latest first, each event once', async () => {
      const hook = webhook(uniqueUid());
      const dead = (position: number, error: string) => ({
        webhookId: hook.id,
        position,
        subject: 's',
        seq: position,
        type: 't',
        error,
        at: AT,
      });
      await store().transaction(async (tx) => {
        await tx.webhooks.insert(hook);
        for (const position of [1, 2, 3]) await tx.webhooks.bury(dead(position, 'answered 500'));
        await tx.webhooks.bury(dead(2, 'answered 502 💥'));
      });
      const listed = await store().read.webhooks.dead(hook.id, 2);
      expect(listed).toEqual([dead(3, 'answered 500'), dead(2, 'answered 502 💥')]);
      await store().transaction((tx) => tx.webhooks.remove(hook.id));
      expect(await store().read.webhooks.dead(hook.id, 2)).toEqual([]);
    });
  });
}
