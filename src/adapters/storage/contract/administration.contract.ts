import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../core/audit/entry.ts';
import type { UserPage } from '../../../ports/store/user-filter.ts';
import { AT, aUser, people, type Subject, uniqueUid } from './subject.ts';

export function administrationContract(subject: () => Subject): void {
  const store = () => subject().store;
  const insert = (...args: Parameters<typeof aUser>) =>
    store().transaction((tx) => tx.users.insert(aUser(...args)));
  const by = (key: UserPage['by'], more: Partial<UserPage> = {}): UserPage => ({
    by: key,
    descending: false,
    limit: 20,
    offset: 0,
    ...more,
  });

  describe('pages of users', () => {
    it('are narrowed by a part of any name, status and role', async () => {
      const mark = uniqueUid();
      const ann = await insert(`${mark}-a`, { username: `${mark}-Ann`, role: 'admin' });
      const bob = await insert(`${mark}-b`, { displayName: `Bob of ${mark}`, status: 'banned' });
      const eve = await insert(`${uniqueUid()}`, { email: `eve@${mark}.example.org` });
      const gone = await insert(`${mark}-gone`, { status: 'deleted' });
      const { users } = store().read;
      const found = async (filter: Parameters<typeof users.page>[0]) => {
        const page = await users.page({ search: mark.toUpperCase(), ...filter }, by('id'));
        expect(await users.countOf({ search: mark, ...filter })).toBe(page.length);
        return page.map(({ id }) => id);
      };
      expect(await found({})).toEqual([ann.id, bob.id, eve.id]);
      expect(await found({ status: 'banned' })).toEqual([bob.id]);
      expect(await found({ status: 'deleted' })).toEqual([gone.id]);
      expect(await found({ role: 'admin' })).toEqual([ann.id]);
      expect(await found({ role: 'admin', status: 'banned' })).toEqual([]);
    });

    it('take what is searched for to the letter', async () => {
      const mark = uniqueUid();
      const odd = await insert(uniqueUid(), { displayName: `${mark}100%_!x\\` });
      await insert(uniqueUid(), { displayName: `${mark}100 of them` });
      const { users } = store().read;
      for (const search of [`${mark}100%`, '%_!x\\', `${mark}100%_!X`]) {
        expect((await users.page({ search }, by('id'))).map(({ id }) => id)).toEqual([odd.id]);
      }
    });

    it('come in any order, both ways, a page at a time', async () => {
      const mark = uniqueUid();
      const make = (word: string, at: number) =>
        insert(`${mark}-${word}`, {
          username: `${mark}.${word}`,
          email: `${word}@${mark}`,
          displayName: word,
          createdAt: at,
          updatedAt: -at,
        });
      const c = await make('c', 1);
      const a = await make('a', 2);
      const b = await make('b', 2);
      const { users } = store().read;
      const ids = async (page: UserPage) => (await users.page({ search: mark }, page)).map(({ id }) => id);
      expect(await ids(by('id'))).toEqual([c.id, a.id, b.id]);
      expect(await ids(by('createdAt', { descending: true }))).toEqual([b.id, a.id, c.id]);
      expect(await ids(by('updatedAt'))).toEqual([a.id, b.id, c.id]);
      for (const key of ['username', 'email', 'displayName'] as const) {
        expect(await ids(by(key))).toEqual([a.id, b.id, c.id]);
        expect(await ids(by(key, { descending: true }))).toEqual([c.id, b.id, a.id]);
      }
      expect(await ids(by('id', { limit: 2, offset: 1 }))).toEqual([a.id, b.id]);
      expect(await ids(by('id', { offset: 3 }))).toEqual([]);
    });
  });

  describe('administrators', () => {
    it('are held: of two who step back for each other, one stays', async () => {
      const pair = await Promise.all([1, 2].map(() => insert(uniqueUid(), { role: 'admin' })));
      const banned = await insert(uniqueUid(), { role: 'admin', status: 'banned' });
      const stepBack = (id: number) =>
        store().transaction(async (tx) => {
          const admins = await tx.users.holdAdmins();
          expect(admins).not.toContain(banned.id);
          if (!pair.some((other) => other.id !== id && admins.includes(other.id))) return false;
          await tx.users.update(id, { role: 'user' });
          return true;
        });
      const done = await Promise.all(pair.map(({ id }) => stepBack(id)));
      expect(done.filter(Boolean)).toHaveLength(1);
      await store().transaction(async (tx) => {
        for (const { id } of pair) await tx.users.update(id, { role: 'user' });
      });
    });

    it('and anybody else can be held alone', async () => {
      const user = await insert(uniqueUid());
      await store().transaction(async (tx) => {
        expect(await tx.users.lock(user.id)).toEqual(user);
        expect(await tx.users.lock(-1)).toBeUndefined();
      });
    });
  });

  describe('reset tokens', () => {
    it('are taken once, however many come', async () => {
      const token = { hash: uniqueUid(), userId: 7, expiresAt: AT };
      await store().transaction((tx) => tx.resetTokens.save(token));
      const taken = await Promise.all(
        [1, 2, 3].map(() => store().transaction((tx) => tx.resetTokens.take(token.hash))),
      );
      expect(taken.filter((one) => one !== undefined)).toEqual([token]);
    });

    it('are forgotten by person and by age', async () => {
      const [of, late, early] = [uniqueUid(), uniqueUid(), uniqueUid()];
      await store().transaction(async (tx) => {
        const { resetTokens } = tx;
        await resetTokens.save({ hash: of, userId: 21, expiresAt: AT });
        await resetTokens.save({ hash: late, userId: 22, expiresAt: 2 });
        await resetTokens.save({ hash: early, userId: 22, expiresAt: 1 });
        await resetTokens.forgetOf(21);
        await resetTokens.forgetExpired(2);
        expect(await resetTokens.take(of)).toBeUndefined();
        expect(await resetTokens.take(early)).toBeUndefined();
        expect(await resetTokens.take(late)).toBeDefined();
      });
    });
  });

  describe('the audit log', () => {
    it('is read newest first, narrowed by who, whom, what and when', async () => {
      const [actor, target, other] = await people(store(), 3);
      if (!actor || !target || !other) throw new Error('nobody');
      const entry = (more: Partial<AuditEntry>): Omit<AuditEntry, 'id'> => ({
        at: AT,
        action: 'user.updated',
        actorKind: 'user',
        actorId: actor.id,
        actor: actor.uid,
        targetId: target.id,
        target: target.uid,
        address: '2001:db8::1',
        requestId: 'request-1',
        changes: { nickname: { from: 'Zoë 🦊', to: null } },
        reason: null,
        ...more,
      });
      const all = [
        entry({}),
        entry({ at: AT + 1, action: 'user.banned', reason: '“spam” 🦊' }),
        entry({ at: AT + 1, targetId: other.id, target: other.uid, changes: {} }),
        entry({ at: AT + 2, actorKind: 'service', actorId: null, actor: 'hostkey' }),
      ];
      await store().transaction(async (tx) => {
        for (const one of all) await tx.audit.append(one);
      });
      const { audit } = store().read;
      const found = async (filter: Parameters<typeof audit.page>[0]) => {
        const page = await audit.page(filter, 20, 0);
        expect(await audit.count(filter)).toBe(page.length);
        return page.map(({ id: _, ...rest }) => all.findIndex((one) => isDeepStrictEqual(one, rest)));
      };
      expect(await found({ targetId: target.id })).toEqual([3, 1, 0]);
      expect(await found({ actorId: actor.id })).toEqual([2, 1, 0]);
      expect(await found({ targetId: target.id, action: 'user.banned' })).toEqual([1]);
      expect(await found({ targetId: target.id, from: AT + 1, to: AT + 2 })).toEqual([1]);
      expect(await audit.page({ targetId: target.id }, 1, 1)).toMatchObject([{ action: 'user.banned' }]);
      await store().transaction((tx) => tx.audit.forget(target.id));
      expect(await audit.page({ targetId: target.id }, 20, 0)).toEqual(
        [3, 1, 0].map((i) => ({ ...all[i], id: expect.any(Number), changes: {}, reason: null })),
      );
      expect(await found({ targetId: other.id })).toEqual([2]);
    });
  });
}
