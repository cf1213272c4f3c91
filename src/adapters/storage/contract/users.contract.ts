import { describe, expect, it } from 'vitest';
import { AT, aUser, people, type Subject, uniqueUid } from './subject.ts';

export function usersContract(subject: () => Subject): void {
  const store = () => subject().store;
  const insert = (...args: Parameters<typeof aUser>) =>
    store().transaction((tx) => tx.users.insert(aUser(...args)));

  describe('users', () => {
    it('come back as they went in, by every name they have', async () => {
      const uid = uniqueUid();
      const user = await insert(uid, {
        username: `${uid}-name`,
        email: `${uid}@example.org`,
        displayName: 'Zoë 🦊 "quoted" \\ 张伟',
        avatarUrl: 'https://example.org/a.png',
        role: 'admin',
        tokenVersion: 3,
        updatedAt: 9_007_199_254_740_991,
      });
      const { users } = store().read;
      expect(await users.byId(user.id)).toEqual(user);
      expect(await users.byUid(uid)).toEqual(user);
      expect(await users.byUsername(`${uid}-name`)).toEqual(user);
      expect(await users.byEmail(`${uid}@example.org`)).toEqual(user);
      expect(user).toMatchObject({
        displayName: 'Zoë 🦊 "quoted" \\ 张伟',
        updatedAt: 9_007_199_254_740_991,
      });
      expect(await users.byUid(`${uid}x`)).toBeUndefined();
    });

    it('may be guests of a meeting, who are found apart and when their time comes', async () => {
      const { users } = store().read;
      const uid = uniqueUid();
      // Long past, so that they come before those of other tests.
      const due = (n: number) => ({ guestOf: 17, guestUntil: n, displayName: `${uid} guest` });
      const late = await insert(`${uid}-late`, due(2));
      const early = await insert(`${uid}-early`, due(1));
      await insert(`${uid}-later`, due(Number.MAX_SAFE_INTEGER));
      const account = await insert(uid);
      expect([early.guestOf, account.guestOf]).toEqual([17, null]);
      expect(await users.byId(early.id)).toEqual(early);
      expect(await users.guestsDue(2, 10)).toEqual([early, late]);
      expect(await users.guestsDue(2, 1)).toEqual([early]);
      await store().transaction(async (tx) => {
        await tx.users.update(early.id, { guestUntil: null });
        await tx.users.update(late.id, { guestUntil: AT });
      });
      expect(await users.guestsDue(2, 10)).toEqual([]);
      await store().transaction((tx) => tx.users.forget(early.id));
      expect(await users.byId(early.id)).toBeUndefined();

      expect((await users.search(uid, 10)).map(({ id }) => id)).toEqual([account.id]);
      expect((await users.list(late.id - 1, 100)).map(({ id }) => id)).toEqual([account.id]);
      expect(await users.countOf({ search: uid })).toBe(1);
      expect(await users.countOf({ search: uid, guests: true })).toBe(2);
    });

    it('keep uids apart that differ in case alone', async () => {
      const uid = uniqueUid();
      const lower = await insert(`${uid}-a`);
      const upper = await insert(`${uid}-A`);
      expect((await store().read.users.byUid(`${uid}-A`))?.id).toBe(upper.id);
      expect((await store().read.users.byUid(`${uid}-a`))?.id).toBe(lower.id);
    });

    it('name the field that is taken, and the transaction can go on', async () => {
      const uid = uniqueUid();
      const user = await insert(uid, { username: uid, email: `${uid}@x` });
      const clash = (more: Parameters<typeof aUser>[1], other = uniqueUid()) =>
        store().transaction(async (tx) => {
          const error = await tx.users.insert(aUser(other, more)).catch((thrown: unknown) => thrown);
          expect(await tx.users.byUid(uid)).toEqual(user);
          return error;
        });
      const taken = (field: string) => ({ code: 'conflict', key: 'taken', details: { field } });
      expect(await clash({}, uid)).toMatchObject(taken('uid'));
      expect(await clash({ id: user.id })).toMatchObject(taken('id'));
      expect(await clash({ username: uid })).toMatchObject(taken('username'));
      expect(await clash({ email: `${uid}@x` })).toMatchObject(taken('email'));
    });

    it('are counted past ids that hosts chose, and two hosts cannot choose one', async () => {
      const first = await insert(uniqueUid());
      const chosen = [1, 2, 4].map((n) => first.id + n);
      for (const id of chosen) await insert(uniqueUid(), { id });
      expect((await insert(uniqueUid())).id).toBe(first.id + 3);
      expect((await insert(uniqueUid())).id).toBe(first.id + 5);
      const far = 9_007_199_254_740_000 + first.id;
      expect((await insert(uniqueUid(), { id: far })).id).toBe(far);
      expect((await store().read.users.byId(far))?.id).toBe(far);
      expect((await insert(uniqueUid())).id).toBe(first.id + 6);
    });

    it('get different numbers when many come at once, some of them chosen', async () => {
      const [start] = await people(store(), 1);
      const made = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          insert(uniqueUid(), i % 4 === 0 ? { id: (start?.id ?? 0) + 100 + i } : {}),
        ),
      );
      expect(new Set(made.map((user) => user.id)).size).toBe(20);
    });

    it('change what is given and nothing else', async () => {
      const uid = uniqueUid();
      const user = await insert(uid, { username: uid, displayName: 'Old', passwordHash: 'argon2id$1' });
      const changed = await store().transaction((tx) =>
        tx.users.update(user.id, { displayName: 'New', status: 'banned', username: null, tokenVersion: 1 }),
      );
      expect(changed).toEqual({
        ...user,
        displayName: 'New',
        status: 'banned',
        username: null,
        tokenVersion: 1,
      });
      expect(await store().read.users.byId(user.id)).toEqual(changed);
      expect(await store().read.users.passwordHash(user.id)).toBe('argon2id$1');
      await store().transaction((tx) => tx.users.update(user.id, { passwordHash: 'argon2id$2' }));
      expect(await store().read.users.passwordHash(user.id)).toBe('argon2id$2');
      const other = await insert(uniqueUid(), { username: `${uid}-2` });
      const rename = store().transaction((tx) => tx.users.update(user.id, { username: `${uid}-2` }));
      await expect(rename).rejects.toMatchObject({ code: 'conflict', details: { field: 'username' } });
      // One's own name is not taken.
      await store().transaction((tx) => tx.users.update(other.id, { username: `${uid}-2` }));
      const nobody = store().transaction((tx) => tx.users.update(-1, { displayName: 'x' }));
      await expect(nobody).rejects.toMatchObject({ code: 'not_found' });
    });

    it('are found many at once, more than a statement takes, each of them once', async () => {
      const made = await people(store(), 300);
      const ids = made.map((user) => user.id);
      const found = await store().read.users.byIds([...ids, ...ids, -1]);
      expect(found.map((user) => user.id).sort((a, b) => a - b)).toEqual(ids);
      const uids = made.slice(0, 3).map((user) => user.uid);
      expect((await store().read.users.byUids([...uids, 'nobody'])).map((user) => user.uid).sort()).toEqual(
        uids.sort(),
      );
      expect(await store().read.users.byIds([])).toEqual([]);
    });

    it('are searched by the beginning of any name, in any case, and no sign is a wildcard', async () => {
      const tag = uniqueUid().slice(-12);
      const uid = await insert(`${tag}-Uid`);
      const username = await insert(uniqueUid(), { username: `${tag.toUpperCase()}-user` });
      const name = await insert(uniqueUid(), { displayName: `${tag}-ÄPFEL 🍎` });
      await insert(`${tag}-banned`, { status: 'banned' });
      const search = async (text: string, limit = 20) =>
        (await store().read.users.search(text, limit)).map((user) => user.id).sort((a, b) => a - b);
      expect(await search(tag.toUpperCase())).toEqual([uid.id, username.id, name.id]);
      expect(await search(`${tag}-äpfel 🍎`)).toEqual([name.id]);
      expect(await search(tag, 2)).toHaveLength(2);
      expect(await search(`${tag}%`)).toEqual([]);
      expect(await search(`${tag}_`)).toEqual([]);
      expect(await search(tag.slice(1))).toEqual([]);
      const odd = await insert(uniqueUid(), { displayName: `${tag}%_\\ odd` });
      expect(await search(`${tag}%_\\`)).toEqual([odd.id]);
    });

    it('are listed in order of id, page by page to the end', async () => {
      await people(store(), 5);
      const seen: number[] = [];
      for (let after = 0; ; ) {
        const page = await store().read.users.list(after, 100);
        seen.push(...page.map((user) => user.id));
        if (page.length < 100) break;
        after = seen.at(-1) ?? 0;
      }
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      const { users } = store().read;
      expect(seen).toHaveLength((await users.count()) - (await users.countOf({ guests: true })));
    });
  });

  describe('refresh tokens', () => {
    const token = (hash: string, family: string, userId: number) => ({
      hash,
      userId,
      family,
      tokenVersion: 3,
      spentAt: null,
      expiresAt: 5,
    });

    it('are spent once, however many try', async () => {
      const hash = uniqueUid();
      await store().transaction((tx) => tx.users.saveRefresh(token(hash, 'family-1', 7)));
      const spent = await Promise.all(
        [1, 2, 3, 4].map((now) => store().transaction((tx) => tx.users.spendRefresh(hash, now))),
      );
      expect(spent.filter(Boolean)).toHaveLength(1);
      const found = await store().transaction((tx) => tx.users.refresh(hash));
      expect(found).toEqual({ ...token(hash, 'family-1', 7), spentAt: expect.any(Number) });
    });

    it('go by family and by person', async () => {
      const [a, b, c] = [uniqueUid(), uniqueUid(), uniqueUid()];
      await store().transaction(async (tx) => {
        await tx.users.saveRefresh(token(a, `${a}-family`, 8));
        await tx.users.saveRefresh(token(b, `${b}-family`, 8));
        await tx.users.saveRefresh(token(c, `${c}-family`, 9));
        await tx.users.revokeFamily(`${a}-family`);
        expect(await tx.users.refresh(a)).toBeUndefined();
        expect(await tx.users.refresh(b)).toBeDefined();
        await tx.users.revokeAllOf(8);
        expect(await tx.users.refresh(b)).toBeUndefined();
        expect(await tx.users.refresh(c)).toBeDefined();
      });
    });

    it('are forgotten when they have run out, somebody’s and nobody else’s', async () => {
      const [early, late, other] = [uniqueUid(), uniqueUid(), uniqueUid()];
      await store().transaction(async (tx) => {
        await tx.users.saveRefresh(token(early, early, 10));
        await tx.users.saveRefresh({ ...token(late, late, 10), expiresAt: 6 });
        await tx.users.saveRefresh(token(other, other, 11));
        await tx.users.forgetExpired(10, 5);
        expect(await tx.users.refresh(early)).toBeUndefined();
        expect(await tx.users.refresh(late)).toBeDefined();
        expect(await tx.users.refresh(other)).toBeDefined();
      });
    });
  });
}
