import { describe, expect, it } from 'vitest';
import { Argon2Passwords } from './argon2-passwords.ts';

const passwords = new Argon2Passwords({ memory: 64, passes: 1, parallelism: 1 });

describe('Argon2Passwords', () => {
  it('knows a password again and no other', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.verify('correct horse', hash)).toBe(true);
    expect(await passwords.verify('correct horsf', hash)).toBe(false);
  });

  it('salts: the same password twice is two hashes', async () => {
    expect(await passwords.hash('password123')).not.toBe(await passwords.hash('password123'));
  });

  it('keeps its costs in the text, so that older hashes are read after they are raised', async () => {
    const hash = await passwords.hash('password123');
    expect(hash).toMatch(/^argon2id\$m=64,t=1,p=1\$/);
    expect(await new Argon2Passwords().verify('password123', hash)).toBe(true);
  });

  it('is at OWASP costs unless told otherwise', async () => {
    expect(await new Argon2Passwords().hash('password123')).toMatch(/^argon2id\$m=19456,t=2,p=1\$/);
  });

  it('takes letters typed as one or as two for the same', async () => {
    const hash = await passwords.hash('caf\u00e9 au lait');
    expect(await passwords.verify('cafe\u0301 au lait', hash)).toBe(true);
  });

  it('verifies nothing against an empty or broken hash', async () => {
    expect(await passwords.verify('', '')).toBe(false);
    expect(await passwords.verify('password123', 'argon2id$m=64,t=1,p=1$$')).toBe(false);
  });
});
