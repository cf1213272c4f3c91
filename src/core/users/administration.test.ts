import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../audit/index.ts';
import type { PeopleWorld } from './people.fixture.ts';
import { ADDRESS, peopleWorld, START } from './people.fixture.ts';
import type { User } from './user.ts';

let world: PeopleWorld;
let admin: User;
let ann: User;
let act: Act;
beforeEach(async () => {
  world = await peopleWorld();
  admin = await world.accounts.register({ username: 'boss', password: 'password123' });
  ann = await world.accounts.register({
    username: 'ann',
    email: 'ann@example.com',
    password: 'password123',
  });
  act = {
    principal: { kind: 'user', user: admin, jti: 'j', expiresAt: 0 },
    ip: '203.0.113.9',
    requestId: 'request-1',
  };
});
afterEach(() => world.close());

const entries = async () => (await world.administration.audit({}, 20, 0)).entries;
const lastAdmin = { code: 'conflict', key: 'user.last_admin' };

describe('an act', () => {
  it('is in the log with who, what, whom, when, from where and what changed', async () => {
    world.clock.turn(5000);
    await world.administration.update(act, ann.id, {
      nickname: 'Ann',
      email: 'Ann@Example.net',
      role: 'user',
      username: 'ann',
    });
    expect(await entries()).toEqual([
      {
        id: expect.any(Number),
        at: START + 5000,
        action: 'user.updated',
        actorKind: 'user',
        actorId: admin.id,
        actor: 'boss',
        targetId: ann.id,
        target: 'ann',
        address: '203.0.113.9',
        requestId: 'request-1',
        // What stays as it was is no change.
        changes: {
          nickname: { from: 'ann', to: 'Ann' },
          email: { from: 'ann@example.com', to: 'ann@example.net' },
        },
        reason: null,
      },
    ]);
  });

  it('of a service is in it by its key', async () => {
    const service = { kind: 'service', key: 'hostkey', jti: 'j', expiresAt: 0 } as const;
    await world.administration.ban({ ...act, principal: service }, ann.id, 'spam');
    expect(await entries()).toMatchObject([
      {
        actorKind: 'service',
        actorId: null,
        actor: 'hostkey',
        action: 'user.banned',
        reason: 'spam',
        changes: { status: { from: 'active', to: 'banned' } },
      },
    ]);
  });

  it('that is refused, or changes nothing, is not', async () => {
    await expect(world.administration.update(act, ann.id, { username: 'boss' })).rejects.toMatchObject({
      key: 'user.username_taken',
    });
    await expect(world.administration.update(act, ann.id, { nickname: ' ' })).rejects.toMatchObject({
      details: { field: 'nickname' },
    });
    await expect(world.administration.ban(act, admin.id, undefined)).rejects.toMatchObject(lastAdmin);
    await expect(world.administration.remove(act, 999)).rejects.toMatchObject({ key: 'user.unknown' });
    await world.administration.unban(act, ann.id);
    await world.administration.update(act, ann.id, { nickname: 'ann' });
    expect(await entries()).toEqual([]);
  });

  it('stays when its person is deleted, without what it said of them', async () => {
    await world.administration.update(act, ann.id, { nickname: 'Ann Ames' });
    await world.administration.ban(act, ann.id, 'Ann Ames lives at ...');
    await world.administration.remove(act, ann.id);
    const told = await entries();
    expect(told.map(({ action }) => action)).toEqual(['user.deleted', 'user.banned', 'user.updated']);
    expect(JSON.stringify(told)).not.toContain('Ames');
  });
});

describe('a ban', () => {
  it('voids every token, cuts, and its end brings none back', async () => {
    const before = await world.accounts.login('ann', 'password123', ADDRESS);
    expect(await world.administration.ban(act, ann.id, undefined)).toMatchObject({ status: 'banned' });
    expect(world.told).toContainEqual({ topic: 'cut', message: { userId: ann.id, reason: 'banned' } });
    await expect(world.accounts.login('ann', 'password123', ADDRESS)).rejects.toMatchObject({
      key: 'auth.banned',
    });
    expect(await world.administration.unban(act, ann.id)).toMatchObject({ status: 'active' });
    await expect(world.identity.authenticate(before.token)).rejects.toMatchObject({ key: 'auth.invalid' });
    await expect(world.accounts.refresh(before.refreshToken)).rejects.toMatchObject({ key: 'auth.invalid' });
    expect((await world.accounts.login('ann', 'password123', ADDRESS)).user.id).toBe(ann.id);
  });

  it('is not for whoever is gone, nor is its end', async () => {
    await world.administration.remove(act, ann.id);
    for (const again of [
      world.administration.ban(act, ann.id, undefined),
      world.administration.unban(act, ann.id),
      world.administration.update(act, ann.id, { nickname: 'Ann' }),
      world.administration.remove(act, ann.id),
    ]) {
      await expect(again).rejects.toMatchObject({ code: 'not_found', key: 'user.unknown' });
    }
    expect(await world.administration.get(ann.id)).toMatchObject({ status: 'deleted' });
  });
});

describe('the last administrator', () => {
  const endings: [string, (id: number) => Promise<unknown>][] = [
    ['demoted', (id) => world.administration.update(act, id, { role: 'user' })],
    ['banned', (id) => world.administration.ban(act, id, undefined)],
    ['removed', (id) => world.administration.remove(act, id)],
    ['demoted by the host', () => world.people.put('boss', { role: 'user' })],
    ['banned by the host', () => world.people.put('boss', { status: 'banned' })],
    ['removed by the host', () => world.people.remove('boss')],
  ];

  it.each(endings)('is not %s', async (_, end) => {
    await expect(end(admin.id)).rejects.toMatchObject(lastAdmin);
    // Who cannot act is none.
    await world.people.put('other', { role: 'admin', status: 'banned' });
    await expect(end(admin.id)).rejects.toMatchObject(lastAdmin);
    expect(await world.people.get('boss')).toEqual(admin);
    await world.people.put('third', { role: 'admin' });
    await end(admin.id);
  });

  it('is left of two who end each other at once', async () => {
    const other = await world.administration.update(act, ann.id, { role: 'admin' });
    const ends = await Promise.allSettled([
      world.administration.ban(act, other.id, undefined),
      world.administration.remove({ ...act }, admin.id),
    ]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('keeps every other word that is said of them', async () => {
    expect(
      await world.administration.update(act, admin.id, { nickname: 'Boss', role: 'admin' }),
    ).toMatchObject({ displayName: 'Boss', role: 'admin' });
  });
});
