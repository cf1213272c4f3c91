import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses, in letters that go into a link. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Only the hash is stored: who reads the database cannot come in with it. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
