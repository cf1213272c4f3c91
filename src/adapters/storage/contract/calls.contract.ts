import { describe, expect, it } from 'vitest';
import { apply } from '../../../core/calls/apply.ts';
import type { Call } from '../../../core/calls/call.ts';
import type { CallEvent } from '../../../core/calls/events.ts';
import { place } from '../../../core/calls/place.ts';
import type { User } from '../../../core/users/user.ts';
import { AT, people, type Subject, uniqueCallId } from './subject.ts';

const RULES = { ringMs: 45_000, graceMs: 20_000, maxMs: 3_600_000, meshLimit: 6, roomLimit: 0 };

export function aCall(caller: User, callees: readonly User[], at = AT, kind: Call['kind'] = 'audio'): Call {
  return place(
    {
      id: uniqueCallId(),
      kind,
      groupId: null,
      caller: { userId: caller.id, uid: caller.uid, device: 'phone', bound: true },
      callees: callees.map((user) => ({ userId: user.id, uid: user.uid, standing: 'free' as const })),
    },
    at,
    RULES,
  ).call;
}

const evolve = (call: Call, at: number, ...events: CallEvent[]) =>
  events.reduce((value, event) => apply(value, event, at), call);

const ended = (call: Call, at = AT + 1000) =>
  evolve(
    call,
    at,
    ...call.legs.map(
      (leg): CallEvent => ({ type: 'leg.over', uid: leg.uid, state: 'left', reason: 'hung_up' }),
    ),
    { type: 'call.over', state: 'ended', reason: 'hung_up' },
  );

export function callsContract(subject: () => Subject): void {
  const store = () => subject().store;
  const begin = async (call: Call, offer: string | null = null) => {
    await store().transaction((tx) => tx.calls.insert(call, offer));
    return call;
  };
  const save = (before: Call, next: Call) => store().transaction((tx) => tx.calls.save(before, next));
  const two = async () => (await people(store(), 2)) as [User, User];

  describe('calls', () => {
    it('come back as they went in, legs in their places', async () => {
      const [a, b, c] = (await people(store(), 3)) as [User, User, User];
      const call = await begin({ ...aCall(c, [b, a], AT, 'video'), groupId: 'group-é' });
      expect(await store().read.calls.get(call.id)).toEqual(call);
      expect(await store().transaction((tx) => tx.calls.lock(call.id))).toEqual(call);
      expect(await store().read.calls.get('call_none')).toBeUndefined();
      expect(await store().transaction((tx) => tx.calls.lock('call_none'))).toBeUndefined();
    });

    it('are saved from version to version, a new leg included', async () => {
      const [a, b, c] = (await people(store(), 3)) as [User, User, User];
      const call = await begin(aCall(a, [b]));
      const connected = evolve(
        call,
        AT + 5,
        { type: 'leg.joined', userId: b.id, uid: b.uid, device: 'd', bound: false, deadlineAt: AT + 9 },
        { type: 'call.connected' },
      );
      expect(await save(call, connected)).toBe(true);
      expect(await store().read.calls.get(call.id)).toEqual(connected);
      const grown = evolve(connected, AT + 6, {
        type: 'leg.invited',
        userId: c.id,
        uid: c.uid,
        by: a.uid,
        deadlineAt: AT + 7,
      });
      const muted = evolve(grown, AT + 7, { type: 'leg.media', uid: a.uid, muted: true, videoOn: true });
      expect(await save(connected, muted)).toBe(true);
      expect(await store().read.calls.get(call.id)).toEqual(muted);
      expect(await save(muted, ended(muted))).toBe(true);
      expect(await store().read.calls.get(call.id)).toEqual(ended(muted));
    });

    it('are written by one of two who read the same version', async () => {
      const [a, b] = await two();
      const call = await begin(aCall(a, [b]));
      const stale = evolve(call, AT, { type: 'leg.ringing', uid: b.uid });
      expect(await save(call, stale)).toBe(true);
      expect(await save(call, ended(call))).toBe(false);
      expect(await store().read.calls.get(call.id)).toEqual(stale);
    });

    it('are held: twenty who change one call follow each other and lose nothing', async () => {
      const [a, b] = await two();
      const { id, version } = await begin(aCall(a, [b]));
      const other = await subject().another();
      const change = (from: typeof other) =>
        from.transaction(async (tx) => {
          const before = await tx.calls.lock(id);
          if (!before) throw new Error('the call is gone');
          const muted = !before.legs[0]?.muted;
          const next = evolve(before, AT, { type: 'leg.media', uid: a.uid, muted, videoOn: false });
          expect(await tx.calls.save(before, next)).toBe(true);
          await tx.events.append([{ subject: id, seq: next.version, type: 'leg.media', at: AT, data: {} }]);
        });
      await Promise.all(Array.from({ length: 20 }, (_, i) => change(i % 2 ? store() : other)));
      await other.close();
      expect((await store().read.calls.get(id))?.version).toBe(version + 20);
      const events = await store().read.events.ofSubject(id, 0, 100);
      expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 20 }, (_, i) => version + 1 + i));
    });

    it('keep the description while they ring and no longer', async () => {
      const [a, b] = await two();
      const offer = JSON.stringify({ type: 'offer', sdp: 'v=0\r\no=- 1 🦊\r\n' });
      const call = await begin(aCall(a, [b]), offer);
      const ringing = evolve(call, AT, { type: 'leg.ringing', uid: b.uid });
      await save(call, ringing);
      expect(await store().read.calls.offer(call.id)).toBe(offer);
      await save(ringing, evolve(ringing, AT, { type: 'call.connected' }));
      expect(await store().read.calls.offer(call.id)).toBeUndefined();
      expect(await store().read.calls.offer('call_none')).toBeUndefined();
    });

    it('are due when a deadline of a live leg has passed', async () => {
      const [a, b] = await two();
      const call = await begin(aCall(a, [b]));
      const dueAt = async (now: number) => (await store().read.calls.due(now, 1000)).includes(call.id);
      expect(await dueAt(AT + RULES.ringMs - 1)).toBe(false);
      expect(await dueAt(AT + RULES.ringMs)).toBe(true);
      const over = ended(call);
      // However a call ends, what is over is never due again.
      await save(call, { ...over, legs: over.legs.map((leg) => ({ ...leg, deadlineAt: AT })) });
      expect(await dueAt(AT + RULES.ringMs * 2)).toBe(false);
    });

    it('tell whose legs had a socket', async () => {
      const [a, b] = await two();
      const call = aCall(a, [b]);
      await store().transaction(async (tx) => {
        await tx.calls.engage([a.id, b.id], call.id);
        await tx.calls.insert(call, null);
      });
      const bound = async () =>
        (await store().read.calls.boundLegs()).filter((leg) => leg.callId === call.id);
      expect(await bound()).toEqual([{ callId: call.id, userId: a.id, uid: a.uid, device: 'phone' }]);
      const lost = evolve(call, AT, { type: 'leg.lost', uid: a.uid, deadlineAt: AT + 1 });
      await save(call, lost);
      expect(await bound()).toEqual([]);
    });

    it('keep what a client measured, the last of it', async () => {
      const [a, b] = await two();
      const call = await begin(aCall(a, [b]));
      const stats = { rtt: 0.25, words: ['ä', null, true, 1e21, -0.5], nested: { '%': '\u0000' } };
      await store().transaction((tx) => tx.calls.saveStats(call.id, a.id, { first: 1 }, AT));
      await store().transaction((tx) => tx.calls.saveStats(call.id, a.id, stats, AT + 1));
      expect(await store().read.calls.stats(call.id, a.id)).toEqual({ stats, at: AT + 1 });
      expect(await store().read.calls.stats(call.id, b.id)).toBeUndefined();
    });
  });

  describe('history', () => {
    it('has a person’s calls, newest first, narrowed and paged to its end', async () => {
      const [a, b, c] = (await people(store(), 3)) as [User, User, User];
      const calls: Call[] = [];
      for (let i = 0; i < 7; i++) {
        const call = await begin(aCall(a, i === 3 ? [b, c] : [b], AT + i, i % 2 ? 'video' : 'audio'));
        if (i < 3) await save(call, ended(call));
        calls.unshift(i < 3 ? ended(call) : call);
      }
      await begin(aCall(c, [b], AT + 100));
      const { calls: read } = store().read;
      expect(await read.history(a.id, {}, 10, 0)).toEqual(calls);
      expect(await read.history(a.id, {}, 3, 2)).toEqual(calls.slice(2, 5));
      expect(await read.history(a.id, {}, 3, 6)).toEqual(calls.slice(6));
      expect(await read.history(a.id, {}, 3, 7)).toEqual([]);
      expect(await read.countHistory(a.id, {})).toBe(7);
      expect(await read.countHistory(c.id, {})).toBe(2);
      const only = async (...filter: [Parameters<typeof read.history>[1]]) => {
        const page = await read.history(a.id, filter[0], 10, 0);
        expect(await read.countHistory(a.id, filter[0])).toBe(page.length);
        return page.map((call) => call.createdAt - AT);
      };
      expect(await only({ kind: 'video' })).toEqual([5, 3, 1]);
      expect(await only({ states: ['ended', 'missed'] })).toEqual([2, 1, 0]);
      expect(await only({ states: [] })).toEqual([]);
      expect(await only({ from: AT + 2, to: AT + 5 })).toEqual([4, 3, 2]);
      expect(await only({ kind: 'video', states: ['calling'], from: AT, to: AT + 5 })).toEqual([3]);
    });

    it('orders calls of one millisecond by id, so that pages neither repeat nor skip', async () => {
      const [a, b] = await two();
      const calls = [];
      for (let i = 0; i < 6; i++) calls.push(await begin(aCall(a, [b])));
      const pages = [];
      for (let offset = 0; offset < 6; offset += 2) {
        pages.push(...(await store().read.calls.history(b.id, {}, 2, offset)));
      }
      expect(pages.map((call) => call.id)).toEqual(
        calls
          .map((call) => call.id)
          .sort()
          .reverse(),
      );
    });
  });

  describe('engagements', () => {
    const engage = (ids: readonly number[], ref: string, from = store()) =>
      from.transaction((tx) => tx.calls.engage(ids, ref));

    it('hold people until they are released by what has them', async () => {
      const [a, b] = await two();
      const call = aCall(a, [b]);
      expect(await engage([b.id, a.id, b.id], call.id)).toEqual(new Map());
      expect(await engage([a.id, b.id], 'room-1')).toEqual(
        new Map([
          [a.id, call.id],
          [b.id, call.id],
        ]),
      );
      expect(await engage([a.id], call.id)).toEqual(new Map());
      expect(await store().read.calls.liveOf(a.id)).toBeUndefined();
      await begin(call);
      expect(await store().read.calls.liveOf(b.id)).toEqual(call);
      await store().transaction((tx) => tx.calls.release([a.id, b.id], 'room-1'));
      expect(await store().read.calls.liveOf(b.id)).toEqual(call);
      await store().transaction((tx) => tx.calls.release([b.id], call.id));
      expect(await store().read.calls.liveOf(b.id)).toBeUndefined();
      expect(await engage([a.id, b.id], 'room-1')).toEqual(new Map([[a.id, call.id]]));
    });

    it('go with the transaction that is undone', async () => {
      const [a] = await people(store(), 1);
      const undone = store().transaction(async (tx) => {
        await tx.calls.engage([a?.id ?? 0], 'x');
        throw new Error('changed my mind');
      });
      await expect(undone).rejects.toThrow('changed my mind');
      expect(await engage([a?.id ?? 0], 'y')).toEqual(new Map());
    });

    it('of overlapping people have one holder each, whoever comes when and from where', async () => {
      const everyone = (await people(store(), 6)).map((user) => user.id);
      const other = await subject().another();
      for (let round = 0; round < 10; round++) {
        const held = new Map<number, string>();
        const doubles: string[] = [];
        const attempts = Array.from({ length: 8 }, async (_, i) => {
          const from = i % 2 ? store() : other;
          const ids = shuffled(everyone).slice(0, 4);
          const ref = `round-${round}-${i}`;
          const elsewhere = await engage(ids, ref, from);
          const mine = ids.filter((id) => !elsewhere.has(id));
          for (const id of mine) {
            if (held.has(id)) doubles.push(`${id}: ${held.get(id)} and ${ref}`);
            held.set(id, ref);
          }
          for (const id of mine) held.delete(id);
          await from.transaction((tx) => tx.calls.release(mine, ref));
        });
        await Promise.all(attempts);
        expect(doubles).toEqual([]);
      }
      await other.close();
      expect(await engage(everyone, 'after')).toEqual(new Map());
    });
  });
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
