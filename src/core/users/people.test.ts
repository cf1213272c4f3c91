import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PeopleWorld } from './people.fixture.ts';
import { ADDRESS, peopleWorld } from './people.fixture.ts';

let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

const uids = (users: readonly { uid: string }[]) => users.map((user) => user.uid);

describe('names', () => {
  it('are the exact uid first, then the decimal id', async () => {
    const ann = await world.people.put('ann', {});
    expect((await world.people.get(ann.id)).uid).toBe('ann');
    expect((await world.people.get(String(ann.id))).uid).toBe('ann');
    await expect(world.people.get(`0${ann.id}`)).rejects.toMatchObject({ key: 'user.unknown' });
    await expect(world.people.get('no body')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of digits alone take their own number', async () => {
    expect((await world.people.put('10001', {})).id).toBe(10001);
    const [other] = await world.people.resolve([10002], true);
    expect(other).toMatchObject({ id: 10002, uid: '10002' });
  });

  it('of digits alone are refused when somebody else has the number', async () => {
    const ann = await world.people.put('ann', { id: 77 });
    await expect(world.people.put('77', {})).rejects.toMatchObject({
      code: 'conflict',
      key: 'user.id_taken',
    });
    expect(uids(await world.people.resolve(['77'], true))).toEqual([ann.uid]);
  });

  it.each(['007', '0', '99999999999999999'])('of digits that are no number are refused: %s', async (uid) => {
    await expect(world.people.put(uid, {})).rejects.toMatchObject({
      code: 'invalid',
      details: { field: 'uid' },
    });
    await expect(world.people.resolve([uid], true)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('resolve', () => {
  it('provisions for a service, in order, doubles and all', async () => {
    const users = await world.people.resolve(['zoe', 'ann', 'zoe', 501], true);
    expect(uids(users)).toEqual(['zoe', 'ann', 'zoe', '501']);
    expect(await world.store.read.users.count()).toBe(3);
  });

  it('does not for a user', async () => {
    await world.people.put('ann', {});
    await expect(world.people.resolve(['ann', 'bob'], false)).rejects.toMatchObject({
      key: 'user.unknown',
      details: { uid: 'bob' },
    });
    expect(await world.store.read.users.count()).toBe(1);
  });

  it('provisions once when several want the same at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => world.people.resolve(['ann', 'bob'], true)),
    );
    expect(new Set(all.flat().map((user) => user.id)).size).toBe(2);
  });

  it('does not bring deleted people back', async () => {
    await world.people.put('ann', {});
    await world.people.remove('ann');
    await expect(world.people.resolve(['ann'], true)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.people.get('ann')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('put', () => {
  it('creates, then updates what is named', async () => {
    const before = await world.people.put('ann', { displayName: 'Ann', email: 'Ann@Example.com', id: 5000 });
    expect(before).toMatchObject({ id: 5000, displayName: 'Ann', email: 'ann@example.com', username: null });
    const after = await world.people.put('ann', { avatarUrl: 'https://example.com/a.png', email: null });
    expect(after).toMatchObject({
      id: 5000,
      displayName: 'Ann',
      email: null,
      avatarUrl: 'https://example.com/a.png',
    });
  });

  it('keeps numbers: another one is refused, the counter passes over chosen ones', async () => {
    const first = await world.people.put('ann', {});
    await world.people.put('bob', { id: first.id + 1 });
    expect((await world.people.put('cy', {})).id).toBe(first.id + 2);
    await expect(world.people.put('ann', { id: 999 })).rejects.toMatchObject({ key: 'user.id_fixed' });
    await expect(world.people.put('dan', { id: first.id })).rejects.toMatchObject({ key: 'user.id_taken' });
  });

  it('refuses taken names and writes nothing', async () => {
    await world.people.put('ann', { username: 'ann', email: 'ann@example.com' });
    await expect(world.people.put('bob', { username: 'ann' })).rejects.toMatchObject({
      key: 'user.username_taken',
    });
    await expect(world.people.put('bob', { email: 'ann@example.com' })).rejects.toMatchObject({
      key: 'user.email_taken',
    });
    expect(await world.store.read.users.count()).toBe(1);
  });

  it('bans at once: sockets are cut, tokens void, also after the ban is lifted', async () => {
    const ann = await world.people.put('ann', {});
    const { token } = await world.identity.issue(ann);
    await world.people.put('ann', { status: 'banned' });
    expect(world.told).toContainEqual({ topic: 'cut', message: { userId: ann.id, reason: 'banned' } });
    await expect(world.identity.authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await world.people.put('ann', { status: 'active' });
    await expect(world.identity.authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('remove', () => {
  it('takes personal data, contacts and memberships, and cuts the sockets', async () => {
    const [ann, bob, cy] = await world.people.resolve(['ann', 'bob', 'cy'], true);
    if (!ann || !bob || !cy) throw new Error('not provisioned');
    await world.people.put('ann', { username: 'ann', email: 'ann@example.com', displayName: 'Ann Ames' });
    const { token } = await world.identity.issue(ann);
    await world.contacts.act('link', ann, bob);
    await world.contacts.act('ask', cy, ann);
    const service = { kind: 'service', key: 'k', jti: 'j', expiresAt: 0 } as const;
    await world.groups.put(service, 'team', 'Team', [ann, bob]);

    await world.people.remove('ann');

    expect(await world.store.read.users.byUid('ann')).toMatchObject({
      id: ann.id,
      status: 'deleted',
      username: null,
      email: null,
      displayName: 'deleted user',
    });
    expect(await world.contacts.list(bob.id)).toEqual([]);
    expect(await world.contacts.list(cy.id)).toEqual([]);
    expect((await world.groups.get(service, 'team')).members.map((member) => member.uid)).toEqual(['bob']);
    expect(world.told).toContainEqual({ topic: 'cut', message: { userId: ann.id, reason: 'removed' } });
    await expect(world.identity.authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(world.people.remove('ann')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps the uid and the number; the host may bring the person back', async () => {
    const ann = await world.people.put('ann', { displayName: 'Ann' });
    await world.people.remove('ann');
    await expect(world.people.put('bob', { id: ann.id })).rejects.toMatchObject({ key: 'user.id_taken' });
    await expect(
      world.accounts.register({ username: 'ann', email: 'a@example.com', password: 'password123' }),
    ).rejects.toMatchObject({ key: 'user.username_taken' });
    expect(await world.people.put('ann', {})).toMatchObject({
      id: ann.id,
      status: 'active',
      displayName: 'ann',
    });
  });

  it('ends the sign-in of an account', async () => {
    await world.accounts.register({ username: 'first', password: 'password123' });
    await world.accounts.register({ username: 'ann', email: 'a@example.com', password: 'password123' });
    const { refreshToken } = await world.accounts.login('ann', 'password123', ADDRESS);
    await world.people.remove('ann');
    await expect(world.accounts.refresh(refreshToken)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(world.accounts.login('ann', 'password123', ADDRESS)).rejects.toMatchObject({
      key: 'auth.wrong_password',
    });
  });
});

describe('search and list', () => {
  it('finds by the beginning of uid or name, never oneself, never deleted people', async () => {
    const me = await world.people.put('alan', {});
    await world.people.put('alice', { displayName: 'Zora' });
    await world.people.put('zed', { displayName: 'Aline' });
    await world.people.put('alto', {});
    await world.people.remove('alto');
    expect(uids(await world.people.search(me, 'AL')).sort()).toEqual(['alice', 'zed']);
    expect(await world.people.search(me, '%')).toEqual([]);
    expect(await world.people.search(me, ' ')).toEqual([]);
  });

  it('finds twenty at most', async () => {
    const me = await world.people.put('me', {});
    await world.people.resolve(
      Array.from({ length: 25 }, (_, i) => `p${i}.`),
      true,
    );
    expect(await world.people.search(me, 'p')).toHaveLength(20);
  });

  it('pages through everybody once', async () => {
    await world.people.resolve(['a', 'b', 'c', 'd', 'e'], true);
    const seen: string[] = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const page: { users: { uid: string }[]; next: number | undefined } = await world.people.list(after, 2);
      seen.push(...uids(page.users));
      after = page.next;
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
