import { createHmac } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { JoseTokens } from './jose-tokens.ts';

const secret = 'a secret of at least thirty-two bytes!';
const nowS = 1_760_000_000;
const tokens = new JoseTokens({ now: () => nowS * 1000 });
const good = { iss: 'key', sub: 'ann', exp: nowS + 60 };

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token made by hand, so that the codec is not its own witness. */
function forge(header: object, payload: object, digest = 'sha256', key = secret): string {
  const head = `${part(header)}.${part(payload)}`;
  return `${head}.${createHmac(digest, key).update(head).digest('base64url')}`;
}

describe('JoseTokens', () => {
  it('reads back what it signed', async () => {
    const token = await tokens.sign({ ...good, ver: 3, video: { roomJoin: true } }, secret);
    expect(tokens.unverified(token)?.iss).toBe('key');
    expect(await tokens.verify(token, secret)).toEqual({ ...good, ver: 3, video: { roomJoin: true } });
  });

  it('accepts a token that somebody else made with the secret', async () => {
    expect(await tokens.verify(forge({ alg: 'HS256' }, good), secret)).toEqual(good);
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

  it('refuses a payload that was changed under its signature', async () => {
    const [head, , signature] = (await tokens.sign(good, secret)).split('.');
    const token = `${head}.${part({ ...good, sub: 'bob' })}.${signature}`;
    await expect(tokens.verify(token, secret)).rejects.toMatchObject({ key: 'auth.invalid' });
  });

  it('tells an expired token from an invalid one', async () => {
    const token = await tokens.sign({ ...good, exp: nowS - 1 }, secret);
    await expect(tokens.verify(token, secret)).rejects.toMatchObject({
      code: 'unauthenticated',
      key: 'auth.expired',
    });
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
