import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Claims } from '../../ports/tokens.ts';
import type { PeopleWorld } from '../users/people.fixture.ts';
import { KEY, KEY_SECRET, OWN_SECRET, peopleWorld, START } from '../users/people.fixture.ts';
import { GREATEST_LIFETIME_S } from './identity.ts';

let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

const nowS = START / 1000;
const signed = (claims: Claims, secret = KEY_SECRET) =>
  world.codec.sign({ iss: KEY, exp: nowS + 3600, jti: 'one', ...claims }, secret);
const refusal = (token: string | undefined) =>
  world.identity.authenticate(token).then(
    () => 'accepted',
    (error) => error.key,
  );

describe('tokens of Parley', () => {
  it('are good for a day and not a second longer', async () => {
    const { token, expiresIn, jti } = await world.identity.issue(await world.people.put('ann', {}));
    expect(expiresIn).toBe(86_400);
    const principal = await world.identity.authenticate(token);
    expect(principal).toMatchObject({
      kind: 'user',
      user: { uid: 'ann' },
      jti,
      expiresAt: START + 86_400_000,
    });
    world.clock.turn(86_399_000);
    expect(await refusal(token)).toBe('accepted');
    world.clock.turn(1000);
    expect(await refusal(token)).toBe('auth.expired');
    // Forgotten by the cache, and refused by its claims.
    expect(await refusal(token)).toBe('auth.expired');
  });

  it('have a name of their own each', async () => {
    const ann = await world.people.put('ann', {});
    expect((await world.identity.issue(ann)).jti).not.toBe((await world.identity.issue(ann)).jti);
  });

  it('end with the token version, although the signature was remembered', async () => {
    const ann = await world.people.put('ann', {});
    const { token } = await world.identity.issue(ann);
    expect(await refusal(token)).toBe('accepted');
    await world.people.revoke(ann);
    expect(await refusal(token)).toBe('auth.invalid');
    expect(world.told).toContainEqual({ topic: 'cut', message: { userId: ann.id, reason: 'revoked' } });
  });

  it('show people as they are now', async () => {
    const { token } = await world.identity.issue(await world.people.put('ann', {}));
    await world.identity.authenticate(token);
    await world.people.put('ann', { displayName: 'Ann Ames' });
    expect(await world.identity.authenticate(token)).toMatchObject({ user: { displayName: 'Ann Ames' } });
  });

  it('need a version, and Parley’s own secret', async () => {
    await world.people.put('ann', {});
    const own = { iss: 'parley', sub: 'ann', exp: nowS + 60 };
    expect(await refusal(await world.codec.sign(own, OWN_SECRET))).toBe('auth.invalid');
    expect(await refusal(await world.codec.sign({ ...own, ver: 1 }, KEY_SECRET))).toBe('auth.invalid');
    expect(await refusal(await world.codec.sign({ ...own, ver: 1 }, OWN_SECRET))).toBe('accepted');
    // A service or a media token is what an API key signs.
    const grander = { ...own, ver: 1, scope: 'service', video: { roomJoin: true } };
    expect(await world.identity.authenticate(await world.codec.sign(grander, OWN_SECRET))).toMatchObject({
      kind: 'user',
    });
  });
});

describe('tokens of an API key', () => {
  it('are a service’s by their scope', async () => {
    expect(await world.identity.authenticate(await signed({ scope: 'service' }))).toEqual({
      kind: 'service',
      key: KEY,
      jti: 'one',
      expiresAt: START + 3_600_000,
    });
  });

  it('open the media doors alone with a video grant, whatever else they say', async () => {
    const token = await signed({ video: { roomJoin: true }, scope: 'service', sub: 'ann' });
    expect(await world.identity.authenticate(token)).toMatchObject({
      kind: 'media',
      identity: 'ann',
      grants: { roomJoin: true },
    });
    expect(await world.store.read.users.count()).toBe(0);
  });

  it('of LiveKit say who takes part, when, and in which room', async () => {
    const token = await signed({
      video: { roomJoin: true, room: 'r' },
      sub: 'ann',
      name: 'Ann',
      metadata: 'm',
      attributes: { a: '1' },
      kind: 'agent',
      nbf: nowS - 5,
      roomConfig: { maxParticipants: 2 },
    });
    expect(await world.identity.media(token)).toMatchObject({
      key: KEY,
      identity: 'ann',
      name: 'Ann',
      metadata: 'm',
      attributes: { a: '1' },
      memberKind: 'agent',
      roomConfig: { maxParticipants: 2 },
      issuedAt: START - 5000,
    });
    expect(await world.identity.media(await signed({ video: {}, jti: 'old' }))).toMatchObject({
      identity: 'old',
      issuedAt: 0,
    });
  });

  it('of LiveKit are forgiven a minute, and may last; no others are', async () => {
    const video = { roomJoin: true };
    expect(await refusal(await signed({ video, exp: nowS - 59 }))).toBe('accepted');
    expect(await refusal(await signed({ video, nbf: nowS + 59 }))).toBe('accepted');
    expect(await refusal(await signed({ video, exp: nowS - 61 }))).toBe('auth.expired');
    expect(await refusal(await signed({ video, exp: nowS + 365 * 86_400 }))).toBe('accepted');
    expect(await refusal(await world.codec.sign({ iss: KEY, sub: 'ann', video }, KEY_SECRET))).toBe(
      'auth.invalid',
    );
    expect(await refusal(await signed({ sub: 'ann', nbf: nowS + 1 }))).toBe('auth.invalid');
    const remembered = await signed({ video, exp: nowS + 10 });
    expect(await refusal(remembered)).toBe('accepted');
    world.clock.turn(69_000);
    expect(await refusal(remembered)).toBe('accepted');
    world.clock.turn(1000);
    expect(await refusal(remembered)).toBe('auth.expired');
  });

  it('that are not LiveKit’s do not open a media door, and provision nobody there', async () => {
    const asked = (token: string | undefined) => world.identity.media(token).catch((error) => error.key);
    expect(await asked(undefined)).toBe('auth.required');
    expect(await asked(await signed({ sub: 'ann' }))).toBe('auth.forbidden');
    expect(await asked(await signed({ scope: 'service' }))).toBe('auth.forbidden');
    expect(await world.store.read.users.count()).toBe(0);
    const { token } = await world.identity.issue(await world.people.put('ann', {}));
    expect(await asked(token)).toBe('auth.forbidden');
  });

  it('of LiveKit are signed with a key that is known, and no other', async () => {
    const claims = { sub: 'ann', exp: nowS + 60, video: { roomJoin: true, room: 'r' } };
    const token = await world.identity.signMedia(KEY, claims);
    expect(await world.identity.media(token)).toMatchObject({ identity: 'ann', key: KEY });
    await expect(world.identity.signMedia('nokey', claims)).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('are the user they name, provisioned on first sight', async () => {
    const token = await signed({ sub: 'ann', name: 'Ann Ames' });
    const principal = await world.identity.authenticate(token);
    expect(principal).toMatchObject({
      kind: 'user',
      user: { uid: 'ann', displayName: 'Ann Ames', role: 'user' },
    });
    expect(await world.identity.authenticate(await signed({ sub: 'ann', name: 'Other' }))).toMatchObject({
      user: { displayName: 'Ann Ames' },
    });
    expect(await world.store.read.users.count()).toBe(1);
  });

  it('show no name that poses as something else, and no endless one', async () => {
    const name = `  An\u202en\n${'x'.repeat(100)}`;
    expect(await world.identity.authenticate(await signed({ sub: 'ann', name }))).toMatchObject({
      user: { displayName: `Ann${'x'.repeat(61)}` },
    });
    expect(await world.identity.authenticate(await signed({ sub: 'bob', name: '\n' }))).toMatchObject({
      user: { displayName: 'bob' },
    });
  });

  it('provision once when the same person comes twice at once', async () => {
    const tokens = await Promise.all([signed({ sub: 'ann' }), signed({ sub: 'ann', jti: 'two' })]);
    const both = await Promise.all(tokens.map((token) => world.identity.authenticate(token)));
    expect(both).toMatchObject([{ user: { uid: 'ann' } }, { user: { uid: 'ann' } }]);
    expect(await world.store.read.users.count()).toBe(1);
  });

  it('take the number that a uid of digits is', async () => {
    expect(await world.identity.authenticate(await signed({ sub: '10001' }))).toMatchObject({
      user: { id: 10001 },
    });
  });

  it('are refused when they name nobody that can be', async () => {
    expect(await refusal(await signed({}))).toBe('auth.invalid');
    expect(await refusal(await signed({ sub: 'no body' }))).toBe('auth.invalid');
    expect(await refusal(await signed({ sub: '007' }))).toBe('user.bad_uid');
  });

  it('must end, and within a bound', async () => {
    const endless = { iss: KEY, sub: 'ann' };
    expect(await refusal(await world.codec.sign(endless, KEY_SECRET))).toBe('auth.invalid');
    expect(await refusal(await signed({ sub: 'ann', exp: nowS + GREATEST_LIFETIME_S }))).toBe('accepted');
    expect(await refusal(await signed({ sub: 'ann', exp: nowS + GREATEST_LIFETIME_S + 1 }))).toBe(
      'auth.invalid',
    );
    expect(await refusal(await signed({ sub: 'ann', exp: nowS - 1 }))).toBe('auth.expired');
  });

  it('are held to the version they carry', async () => {
    const ann = await world.people.put('ann', {});
    const token = await signed({ sub: 'ann', ver: 1 });
    expect(await refusal(token)).toBe('accepted');
    await world.people.revoke(ann);
    expect(await refusal(token)).toBe('auth.invalid');
  });

  it('of an unknown key, or with another key’s secret, are invalid', async () => {
    expect(await refusal(await signed({ iss: 'nokey', sub: 'ann' }))).toBe('auth.invalid');
    expect(await refusal(await signed({ sub: 'ann' }, 'another secret of thirty-two bytes...'))).toBe(
      'auth.invalid',
    );
  });

  it('of banned people are forbidden, of deleted ones void', async () => {
    const token = await signed({ sub: 'ann' });
    await world.identity.authenticate(token);
    await world.people.put('ann', { status: 'banned' });
    await expect(world.identity.authenticate(token)).rejects.toMatchObject({
      code: 'forbidden',
      key: 'auth.banned',
    });
    await world.people.remove('ann');
    await expect(world.identity.authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('without a name of their own get one that stays the same', async () => {
    const token = await world.codec.sign({ iss: KEY, sub: 'ann', exp: nowS + 60 }, KEY_SECRET);
    const [first, second] = [
      await world.identity.authenticate(token),
      await world.identity.authenticate(token),
    ];
    expect(first.jti).toHaveLength(22);
    expect(second.jti).toBe(first.jti);
  });
});

it('no token is required, no JWT is invalid', async () => {
  expect(await refusal(undefined)).toBe('auth.required');
  expect(await refusal('')).toBe('auth.required');
  expect(await refusal('rubbish')).toBe('auth.invalid');
});
