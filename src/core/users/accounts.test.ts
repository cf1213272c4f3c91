import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PeopleWorld } from './people.fixture.ts';
import { ADDRESS, CHEAP, peopleWorld } from './people.fixture.ts';

const ann = { username: 'ann', email: 'ann@example.com', password: 'password123' };
const bob = { username: 'bob', email: 'bob@example.com', password: 'password123' };

let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

describe('register', () => {
  it('makes the first account the administrator, and no other', async () => {
    expect((await world.accounts.register(ann)).role).toBe('admin');
    expect((await world.accounts.register(bob)).role).toBe('user');
  });

  it('counts accounts, not people a host application has provisioned', async () => {
    await world.people.put('hosted', {});
    expect((await world.accounts.register(ann)).role).toBe('admin');
  });

  it('makes exactly one administrator of many who register at once', async () => {
    const many = Array.from({ length: 8 }, (_, i) =>
      world.accounts.register({ ...ann, username: `user${i}.`, email: `u${i}@example.com` }),
    );
    const roles = (await Promise.all(many)).map((user) => user.role);
    expect(roles.filter((role) => role === 'admin')).toHaveLength(1);
  });

  it('gives the first account the role even if an attempt before it was refused', async () => {
    await world.people.put('ann', {});
    await expect(world.accounts.register(ann)).rejects.toMatchObject({ key: 'user.username_taken' });
    expect((await world.accounts.register(bob)).role).toBe('admin');
  });

  it('refuses a taken name: a username, and the uid of somebody provisioned', async () => {
    await world.accounts.register(ann);
    const again = { ...ann, email: 'other@example.com' };
    await expect(world.accounts.register(again)).rejects.toMatchObject({
      code: 'conflict',
      key: 'user.username_taken',
    });
    await world.people.put('hosted', {});
    await expect(world.accounts.register({ ...again, username: 'hosted' })).rejects.toMatchObject({
      key: 'user.username_taken',
    });
  });

  it('refuses a taken address, however it is written', async () => {
    await world.accounts.register(ann);
    await expect(world.accounts.register({ ...bob, email: 'ANN@Example.com' })).rejects.toMatchObject({
      code: 'conflict',
      key: 'user.email_taken',
    });
  });

  it.each([
    ['username', { username: '12345' }, 'user.digits'],
    ['username', { username: 'an n' }, 'user.bad_username'],
    ['username', { username: 'ann@example.com' }, 'user.bad_username'],
    ['username', { username: 'a'.repeat(65) }, 'user.bad_username'],
    ['email', { email: 'nowhere' }, 'user.bad_email'],
    ['password', { password: 'seven77' }, 'user.bad_password'],
    ['password', { password: 'x'.repeat(129) }, 'user.bad_password'],
    ['nickname', { nickname: '  ' }, 'user.bad_name'],
    ['nickname', { nickname: 'Ann\u202eevil' }, 'user.bad_name'],
  ])('refuses a bad %s (%o) and writes nothing', async (field, change, key) => {
    await expect(world.accounts.register({ ...ann, ...change })).rejects.toMatchObject({
      code: 'invalid',
      key,
      details: { field },
    });
    expect(await world.store.read.users.count()).toBe(0);
  });
});

describe('login', () => {
  it('takes the username or the address', async () => {
    const user = await world.accounts.register(ann);
    expect((await world.accounts.login('ann', 'password123', ADDRESS)).user.id).toBe(user.id);
    expect((await world.accounts.login('Ann@Example.com', 'password123', ADDRESS)).user.id).toBe(user.id);
  });

  it('gives a token that says who they are, for a day', async () => {
    await world.accounts.register(ann);
    const session = await world.accounts.login('ann', 'password123', ADDRESS);
    expect(session.expiresIn).toBe(86_400);
    expect(await world.identity.authenticate(session.token)).toMatchObject({
      kind: 'user',
      user: { uid: 'ann' },
    });
  });

  it('answers the same to a wrong password, an unknown name and somebody without a password', async () => {
    await world.accounts.register(ann);
    await world.people.put('hosted', { username: 'hosted' });
    for (const name of ['ann', 'nobody', 'hosted', 'nobody@example.com']) {
      await expect(world.accounts.login(name, 'wrong password', ADDRESS)).rejects.toMatchObject({
        code: 'unauthenticated',
        key: 'auth.wrong_password',
        details: {},
      });
    }
  });

  it('hashes once whether the name exists or not', async () => {
    let hashes = 0;
    const counting = {
      hash: CHEAP.hash.bind(CHEAP),
      verify: (password: string, hash: string) => {
        hashes += 1;
        return CHEAP.verify(password, hash);
      },
      pretend: (password: string) => {
        hashes += 1;
        return CHEAP.pretend(password);
      },
    };
    const other = await peopleWorld(counting);
    try {
      await other.accounts.register(ann);
      await expect(other.accounts.login('ann', 'wrong password', ADDRESS)).rejects.toThrow();
      expect(hashes).toBe(1);
      await expect(other.accounts.login('nobody', 'wrong password', ADDRESS)).rejects.toThrow();
      expect(hashes).toBe(2);
    } finally {
      await other.close();
    }
  });

  it('tells a banned person so, once their password is right', async () => {
    await world.accounts.register(bob);
    await world.accounts.register(ann);
    await world.people.put('ann', { status: 'banned' });
    await expect(world.accounts.login('ann', 'wrong password', ADDRESS)).rejects.toMatchObject({
      key: 'auth.wrong_password',
    });
    await expect(world.accounts.login('ann', 'password123', ADDRESS)).rejects.toMatchObject({
      code: 'forbidden',
      key: 'auth.banned',
    });
  });
});

describe('refresh', () => {
  it('gives a new pair; the old refresh token is spent', async () => {
    await world.accounts.register(ann);
    const first = await world.accounts.login('ann', 'password123', ADDRESS);
    const second = await world.accounts.refresh(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await world.identity.authenticate(second.token)).toMatchObject({ user: { uid: 'ann' } });
    expect((await world.accounts.refresh(second.refreshToken)).user.uid).toBe('ann');
  });

  it('revokes the whole family when a spent one comes again, and no other family', async () => {
    await world.accounts.register(ann);
    const first = await world.accounts.login('ann', 'password123', ADDRESS);
    const elsewhere = await world.accounts.login('ann', 'password123', ADDRESS);
    const second = await world.accounts.refresh(first.refreshToken);
    await expect(world.accounts.refresh(first.refreshToken)).rejects.toMatchObject({ key: 'auth.invalid' });
    await expect(world.accounts.refresh(second.refreshToken)).rejects.toMatchObject({ key: 'auth.invalid' });
    expect((await world.accounts.refresh(elsewhere.refreshToken)).user.uid).toBe('ann');
  });

  it('lets one of many refreshes with the same token through', async () => {
    await world.accounts.register(ann);
    const { refreshToken } = await world.accounts.login('ann', 'password123', ADDRESS);
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => world.accounts.refresh(refreshToken)),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  it('says that one is expired after 30 days', async () => {
    await world.accounts.register(ann);
    const { refreshToken } = await world.accounts.login('ann', 'password123', ADDRESS);
    world.clock.turn(30 * 86_400_000);
    await expect(world.accounts.refresh(refreshToken)).rejects.toMatchObject({ key: 'auth.expired' });
  });

  it('forgets what has run out: somebody who never signs in again leaves no heap', async () => {
    await world.accounts.register(ann);
    const first = await world.accounts.login('ann', 'password123', ADDRESS);
    world.clock.turn(20 * 86_400_000);
    const second = await world.accounts.refresh(first.refreshToken);
    world.clock.turn(20 * 86_400_000);
    await world.accounts.refresh(second.refreshToken);
    const hash = createHash('sha256').update(first.refreshToken).digest('hex');
    await world.store.transaction(async (tx) => expect(await tx.users.refresh(hash)).toBeUndefined());
  });

  it('refuses what was never given', async () => {
    await expect(world.accounts.refresh('made up')).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('ends with a ban and with a sign-out everywhere', async () => {
    await world.accounts.register(bob);
    const user = await world.accounts.register(ann);
    const first = await world.accounts.login('ann', 'password123', ADDRESS);
    await world.people.revoke(user);
    await expect(world.accounts.refresh(first.refreshToken)).rejects.toMatchObject({ key: 'auth.invalid' });
    const second = await world.accounts.login('ann', 'password123', ADDRESS);
    await world.people.put('ann', { status: 'banned' });
    await expect(world.accounts.refresh(second.refreshToken)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('a refresh that was under way when its person was banned', () => {
  it('has given a token that is void, also after the ban', async () => {
    await world.accounts.register(bob);
    const user = await world.accounts.register(ann);
    await world.people.put('ann', { status: 'banned' });
    // It had read its person before the ban, and wrote after it.
    await world.store.transaction((tx) =>
      tx.users.saveRefresh({
        hash: createHash('sha256').update('late').digest('hex'),
        userId: user.id,
        family: 'family',
        tokenVersion: user.tokenVersion,
        spentAt: null,
        expiresAt: world.clock.now() + 1000,
      }),
    );
    await world.people.put('ann', { status: 'active' });
    await expect(world.accounts.refresh('late')).rejects.toMatchObject({ key: 'auth.invalid' });
    expect((await world.accounts.login('ann', 'password123', ADDRESS)).user.id).toBe(user.id);
  });
});

describe('updateProfile', () => {
  it('changes what is named and leaves the rest', async () => {
    const user = await world.accounts.register(ann);
    world.clock.turn(5000);
    const after = await world.accounts.updateProfile(user.id, {
      nickname: ' Ann ',
      avatarUrl: 'https://example.com/a.png',
    });
    expect(after).toMatchObject({
      displayName: 'Ann',
      avatarUrl: 'https://example.com/a.png',
      email: ann.email,
    });
    expect(after.updatedAt - after.createdAt).toBe(5000);
    expect((await world.accounts.updateProfile(user.id, { avatarUrl: null })).avatarUrl).toBeNull();
  });

  it('tells the mailbox that is left of another address, three times an hour at most', async () => {
    const user = await world.accounts.register(ann);
    const letter = ({ name, email }: { name: string; email: string }) => ({
      subject: 'Moved',
      text: `${name}: ${email}`,
    });
    const move = async (email: string) => {
      await world.accounts.updateProfile(user.id, { nickname: 'Ann', email }, letter);
      await world.mails.send();
    };
    await move(ann.email);
    expect(world.letters).toEqual([]);
    await move('thief@example.com');
    expect(world.letters).toEqual([{ to: ann.email, subject: 'Moved', text: 'ann: thief@example.com' }]);
    for (let i = 0; i < 4; i++) {
      await move(ann.email);
      await move('thief@example.com');
    }
    expect(world.letters.filter(({ to }) => to === ann.email)).toHaveLength(3);
    expect(world.letters).toHaveLength(6);
  });

  it('says nothing of somebody who is gone meanwhile', async () => {
    await world.accounts.register(ann);
    const gone = await world.accounts.register(bob);
    await world.people.remove(gone.id);
    const late = world.accounts.updateProfile(gone.id, { nickname: 'Bob', email: bob.email });
    await expect(late).rejects.toMatchObject({ key: 'auth.invalid' });
    expect(await world.administration.get(gone.id)).toMatchObject({
      displayName: 'deleted user',
      email: null,
    });
  });

  it('refuses somebody else’s address and a picture that is no web address', async () => {
    const user = await world.accounts.register(ann);
    await world.accounts.register(bob);
    await expect(world.accounts.updateProfile(user.id, { email: bob.email })).rejects.toMatchObject({
      key: 'user.email_taken',
    });
    for (const avatarUrl of ['javascript:alert(1)', 'data:image/png;base64,AA', 'not an address']) {
      await expect(world.accounts.updateProfile(user.id, { avatarUrl })).rejects.toMatchObject({
        details: { field: 'avatar_url' },
      });
    }
  });
});
