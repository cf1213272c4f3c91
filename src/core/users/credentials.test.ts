import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeopleWorld } from './people.fixture.ts';
import { ADDRESS, peopleWorld } from './people.fixture.ts';
import type { User } from './user.ts';

let world: PeopleWorld;
let ann: User;
beforeEach(async () => {
  world = await peopleWorld();
  await world.accounts.register({ username: 'first', password: 'password123' });
  ann = await world.accounts.register({
    username: 'ann',
    email: 'ann@example.com',
    password: 'password123',
  });
});
afterEach(() => world.close());

const login = (password = 'password123') => world.accounts.login('ann', password, ADDRESS);
const signed = (user = ann) => ({ user, devices: ['token', 'laptop'], address: ADDRESS });
const wrong = { code: 'unauthenticated', key: 'auth.wrong_password' };

describe('another password', () => {
  it('ends every session but the asker’s, which goes on with a new pair', async () => {
    const [here, elsewhere] = [await login(), await login()];
    const after = await world.credentials.change(signed(), 'password123', 'password456');
    for (const { token, refreshToken } of [here, elsewhere]) {
      await expect(world.identity.authenticate(token)).rejects.toMatchObject({ key: 'auth.invalid' });
      await expect(world.accounts.refresh(refreshToken)).rejects.toMatchObject({ key: 'auth.invalid' });
    }
    expect(await world.identity.authenticate(after.token)).toMatchObject({ user: { id: ann.id } });
    expect((await world.accounts.refresh(after.refreshToken)).user.id).toBe(ann.id);
    expect(world.told).toContainEqual({
      topic: 'cut',
      message: { userId: ann.id, reason: 'revoked', keep: ['token', 'laptop'] },
    });
    await expect(login()).rejects.toMatchObject(wrong);
    expect((await login('password456')).user.id).toBe(ann.id);
  });

  it('needs the old one, and is one that may be', async () => {
    const { refreshToken } = await login();
    await expect(world.credentials.change(signed(), 'wrong', 'password456')).rejects.toMatchObject(wrong);
    await expect(world.credentials.change(signed(), 'password123', 'short')).rejects.toMatchObject({
      code: 'invalid',
      details: { field: 'new_password' },
    });
    expect((await world.accounts.refresh(refreshToken)).user.id).toBe(ann.id);
  });

  it('is not for somebody of a host application, who has none', async () => {
    const hosted = await world.people.put('hosted', {});
    await expect(world.credentials.change(signed(hosted), '', 'password456')).rejects.toMatchObject(wrong);
  });

  it('is not set by a session that has ended meanwhile', async () => {
    await world.people.revoke(ann);
    await expect(world.credentials.change(signed(), 'password123', 'password456')).rejects.toMatchObject({
      key: 'auth.invalid',
    });
    expect((await login()).user.id).toBe(ann.id);
  });

  it('voids what signed in with the old one at the same time', async () => {
    const [change, other] = await Promise.all([
      world.credentials.change(signed(), 'password123', 'password456'),
      login(),
    ]);
    await expect(world.accounts.refresh(other.refreshToken)).rejects.toMatchObject({ key: 'auth.invalid' });
    expect((await world.accounts.refresh(change.refreshToken)).user.id).toBe(ann.id);
  });
});

describe('guessing', () => {
  it('slows down for signing in, changing and deleting alike', async () => {
    const guesses = [
      () => world.accounts.login('ANN@example.com', 'wrong password', ADDRESS),
      () => world.accounts.login('ann', 'wrong password', ADDRESS),
      () => world.credentials.change(signed(), 'wrong password', 'password456'),
      () => world.credentials.remove(signed(), 'wrong password'),
      () => world.accounts.login('ann', 'another wrong one', ADDRESS),
    ];
    for (const guess of guesses) await expect(guess()).rejects.toMatchObject(wrong);
    for (const guess of guesses) {
      await expect(guess()).rejects.toMatchObject({ code: 'limit', details: { retryAfter: 1 } });
    }
    await expect(login()).rejects.toMatchObject({ code: 'limit' });
    world.clock.turn(1000);
    expect((await login()).user.id).toBe(ann.id);
    await expect(guesses[0]?.()).rejects.toMatchObject(wrong);
  });

  it('slows down for names nobody has as well', async () => {
    const guess = () => world.accounts.login('nobody', 'wrong password', ADDRESS);
    for (let i = 0; i < 5; i++) await expect(guess()).rejects.toMatchObject(wrong);
    await expect(guess()).rejects.toMatchObject({ code: 'limit' });
  });
});

describe('a forgotten password', () => {
  const ask = async (address: string) => {
    world.forgotten.ask(address, (link) => ({ subject: 'Hello', text: link }));
    await world.forgotten.close();
    await world.mails.send();
  };
  const tokenOf = (letter = world.letters.at(-1)) =>
    new URL(letter?.text ?? '').searchParams.get('token') ?? '';

  it('is set anew by a link that is good once, and ends every session', async () => {
    const before = await login();
    await ask(' Ann@Example.com ');
    expect(world.letters).toEqual([
      {
        to: 'ann@example.com',
        subject: 'Hello',
        text: expect.stringMatching(/^https:\/\/call\.example\.com\/reset-password\?token=[\w-]{43}$/),
      },
    ]);
    await world.credentials.reset(tokenOf(), 'password456');
    await expect(world.identity.authenticate(before.token)).rejects.toMatchObject({ key: 'auth.invalid' });
    await expect(world.accounts.refresh(before.refreshToken)).rejects.toMatchObject({ key: 'auth.invalid' });
    expect(world.told).toContainEqual({ topic: 'cut', message: { userId: ann.id, reason: 'revoked' } });
    await expect(login()).rejects.toMatchObject(wrong);
    expect((await login('password456')).user.id).toBe(ann.id);
    await expect(world.credentials.reset(tokenOf(), 'password789')).rejects.toMatchObject({
      key: 'auth.invalid',
    });
  });

  it('is good for one of many who come with the link at once', async () => {
    await ask('ann@example.com');
    const token = tokenOf();
    const tries = await Promise.allSettled(
      [1, 2, 3].map((i) => world.credentials.reset(token, `password45${i}`)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('has 30 minutes', async () => {
    await ask('ann@example.com');
    world.clock.turn(30 * 60_000 - 1);
    await ask('ann@example.com');
    const [early, late] = world.letters.map(tokenOf);
    world.clock.turn(1);
    await expect(world.credentials.reset(early ?? '', 'password456')).rejects.toMatchObject({
      code: 'unauthenticated',
      key: 'auth.expired',
    });
    await world.credentials.reset(late ?? '', 'password456');
  });

  it('is kept by its hash alone', async () => {
    await ask('ann@example.com');
    await world.store.transaction(async (tx) => {
      expect(await tx.resetTokens.get(tokenOf())).toBeUndefined();
    });
  });

  it('keeps the link when the new password cannot be', async () => {
    await ask('ann@example.com');
    await expect(world.credentials.reset(tokenOf(), 'short')).rejects.toMatchObject({
      details: { field: 'new_password' },
    });
    await world.credentials.reset(tokenOf(), 'password456');
  });

  it('is nobody’s: not of an unknown address, of the banned, the deleted, people of a host application', async () => {
    await world.people.put('hosted', { email: 'hosted@example.com' });
    await world.people.put('ann', { status: 'banned' });
    await ask('nobody@example.com');
    await ask('hosted@example.com');
    await ask('ann@example.com');
    await world.people.remove('ann');
    await ask('ann@example.com');
    expect(world.letters).toEqual([]);
    expect(world.undone).toEqual([]);
    expect(() => world.forgotten.ask('no address', () => ({ subject: '', text: '' }))).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
  });

  it('sends three letters an hour to one person', async () => {
    for (let i = 0; i < 5; i++) await ask('ann@example.com');
    expect(world.letters).toHaveLength(3);
    world.clock.turn(3_600_000);
    await ask('ann@example.com');
    expect(world.letters).toHaveLength(4);
  });

  it('is void with a ban, with another address, and with another password', async () => {
    const asked = async () => {
      world.clock.turn(3_600_000);
      await ask((await world.store.read.users.byId(ann.id))?.email ?? '');
      return tokenOf();
    };
    const refused = (token: string) =>
      expect(world.credentials.reset(token, 'password456')).rejects.toMatchObject({ key: 'auth.invalid' });
    const moved = await asked();
    await world.accounts.updateProfile(ann.id, { email: 'ann@example.net' });
    await refused(moved);
    const changed = await asked();
    await world.credentials.change(signed(), 'password123', 'password789');
    await refused(changed);
    const banned = await asked();
    await world.people.put('ann', { status: 'banned' });
    await refused(banned);
  });

  it('does not come for an address that is left while it is being looked up', async () => {
    const { byEmail } = world.store.read.users;
    vi.spyOn(world.store.read.users, 'byEmail').mockImplementationOnce(async (email) => {
      const found = await byEmail(email);
      await world.accounts.updateProfile(ann.id, { email: 'ann@example.net' });
      return found;
    });
    await ask('ann@example.com');
    expect(world.letters).toEqual([]);
  });
});

describe('deleting one’s account', () => {
  it('takes the person away, with or without a password; a wrong one changes nothing', async () => {
    await expect(world.credentials.remove(signed(), 'wrong password')).rejects.toMatchObject(wrong);
    expect((await login()).user.id).toBe(ann.id);
    await world.credentials.remove(signed(), 'password123');
    expect(await world.store.read.users.byId(ann.id)).toMatchObject({
      status: 'deleted',
      email: null,
      username: null,
      displayName: 'deleted user',
    });
    const hosted = await world.people.put('hosted', {});
    await world.credentials.remove(signed(hosted), undefined);
    expect((await world.store.read.users.byId(hosted.id))?.status).toBe('deleted');
  });

  it('is not for the last administrator', async () => {
    const first = await world.people.get('first');
    await expect(world.credentials.remove(signed(first), 'password123')).rejects.toMatchObject({
      code: 'conflict',
      key: 'user.last_admin',
    });
  });
});
