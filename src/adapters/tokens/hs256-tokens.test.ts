import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { Hs256Tokens } from './hs256-tokens.ts';

const secret = 'a secret of at least thirty-two bytes!';
const nowS = 1_760_000_000;
const tokens = new Hs256Tokens({ now: () => nowS * 1000 });
const good = { iss: 'key', sub: 'ann', exp: nowS + 60 };

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token made by hand, so that the codec is not its own witness. */
function forge(header: object, payload: object, digest = 'sha256', key = secret): string {
  const head = `${part(header)}.${part(payload)}`;
  return `${head}.${createHmac(digest, key).update(head).digest('base64url')}`;
}

describe('Hs256Tokens', () => {
  it('reads back what it signed', async () => {
    const token = await tokens.sign({ ...good, ver: 3, video: { roomJoin: true } }, secret);
    expect(tokens.unverified(token)?.iss).toBe('key');
    expect(await tokens.verify(token, secret)).toEqual({ ...good, ver: 3, video: { roomJoin: true } });
  });

  it('speaks what others speak', async () => {
    const key = new TextEncoder().encode(secret);
    const theirs = await new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(key);
    expect(await tokens.verify(theirs, secret)).toEqual(good);
    const named = { ...good, name: 'Анна 安' };
    const ours = await tokens.sign(named, secret);
    const currentDate = new Date(nowS * 1000);
    expect((await jwtVerify(ours, key, { algorithms: ['HS256'], currentDate })).payload).toEqual(named);
  });

  it('refuses another secret', async () => {
    const token = await tokens.sign(good, 'another secret of thirty-two bytes...');
    await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('refuses alg none, with and without a signature', async () => {
    const unsecured = new UnsecuredJWT(good).encode();
    await expect(tokens.verify(unsecured, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
    await expect(tokens.verify(forge({ alg: 'none' }, good), secret)).rejects.toMatchObject({
      key: 'auth.invalid',
    });
  });

  it('refuses another algorithm, though its signature is right', async () => {
    const token = forge({ alg: 'HS512' }, good, 'sha512');
    await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('refuses an algorithm of public keys, though the signature is right for this one', async () => {
    for (const alg of ['RS256', 'ES256', 'EdDSA', 'hs256', ['HS256'], undefined]) {
      const token = forge({ alg, typ: 'JWT' }, good);
      await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
    }
  });

  it('refuses what calls something critical', async () => {
    const token = forge({ alg: 'HS256', crit: ['b64'], b64: false }, good);
    await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('refuses a token that lacks some of its end, or has more', async () => {
    const token = await tokens.sign(good, secret);
    const [head, payload, signature = ''] = token.split('.');
    const bad = [
      token.slice(0, -1),
      token.slice(0, -10),
      `${token}A`,
      `${token}.`,
      `${token}=`,
      `${head}.${payload}.`,
      `${head}.${payload}`,
      `${head}.${signature}`,
      `${head}`,
      '',
      `${head}.${payload}.${'A'.repeat(signature.length)}`,
    ];
    for (const one of bad) {
      await expect(tokens.verify(one, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
    }
  });

  it('refuses claims that are none, though they are signed', async () => {
    for (const payload of [[good], 'claims', 1, null]) {
      const token = forge({ alg: 'HS256' }, payload as object);
      await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
    }
    for (const times of [{ exp: `${nowS + 60}` }, { nbf: '0' }, { iat: {} }]) {
      const token = forge({ alg: 'HS256' }, { ...good, ...times });
      await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
    }
  });

  it('refuses a payload that was changed under its signature', async () => {
    const [head, , signature] = (await tokens.sign(good, secret)).split('.');
    const token = `${head}.${part({ ...good, sub: 'bob' })}.${signature}`;
    await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('tells an expired token from an invalid one', async () => {
    // Its last second is over when it begins.
    for (const exp of [nowS - 1, nowS]) {
      const token = await tokens.sign({ ...good, exp }, secret);
      await expect(tokens.verify(token, secret)).rejects.toMatchObject({
        code: 'unauthenticated',
        key: 'auth.expired',
      });
    }
    const forged = await tokens.sign({ ...good, exp: nowS - 1 }, 'another secret of thirty-two bytes...');
    await expect(tokens.verify(forged, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('refuses a token before its time', async () => {
    const token = forge({ alg: 'HS256' }, { ...good, nbf: nowS + 30 });
    await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('leaves out claims of the wrong type', async () => {
    const token = forge({ alg: 'HS256' }, { ...good, scope: ['service'], video: 'all', ver: '1' });
    expect(await tokens.verify(token, secret)).toEqual(good);
  });

  it('forgives clocks as much as it is told to', async () => {
    const early = forge({ alg: 'HS256' }, { ...good, nbf: nowS + 30 });
    expect(await tokens.verify(early, secret, 60)).toEqual({ ...good, nbf: nowS + 30 });
    const late = forge({ alg: 'HS256' }, { ...good, exp: nowS - 30 });
    expect(await tokens.verify(late, secret, 60)).toEqual({ ...good, exp: nowS - 30 });
    await expect(tokens.verify(late, secret, 20)).rejects.toMatchObject({ key: 'auth.expired' });
  });

  it('keeps what LiveKit’s tokens say, texts among the attributes alone', async () => {
    const said = { metadata: 'm', kind: 'agent', attributes: { a: '1', b: 2 }, roomConfig: { name: 'r' } };
    const token = forge({ alg: 'HS256' }, { ...good, ...said, sip: { admin: true } });
    expect(await tokens.verify(token, secret)).toEqual({
      ...good,
      ...said,
      attributes: { a: '1' },
      sip: { admin: true },
    });
  });

  it('finds no claims in what is no token', () => {
    expect(tokens.unverified('not.a.token')).toBeUndefined();
    expect(tokens.unverified('')).toBeUndefined();
  });
});
