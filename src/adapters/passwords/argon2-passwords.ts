import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Passwords } from '../../ports/tokens.ts';

const derive = promisify(argon2);

/** How costly a hash is: memory in KiB, passes over it, lanes. */
export interface Argon2Cost {
  memory: number;
  passes: number;
  parallelism: number;
}

/** OWASP's recommendation for argon2id. */
const COST: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_BYTES = 32;
const FORM = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

/**
 * Argon2id by node:crypto, as `argon2id$m=..,t=..,p=..$salt$tag`. It runs on libuv's thread pool,
 * whose size also bounds how much memory sign-ins can take at once.
 */
export class Argon2Passwords implements Passwords {
  readonly #cost: Argon2Cost;
  readonly #nobody = { salt: randomBytes(16), tag: randomBytes(TAG_BYTES) };

  constructor(cost: Argon2Cost = COST) {
    this.#cost = cost;
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const { memory, passes, parallelism } = this.#cost;
    const tag = await tagOf(password, salt, this.#cost);
    return `argon2id$m=${memory},t=${passes},p=${parallelism}$${salt.toString('base64')}$${tag.toString('base64')}`;
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const [, memory, passes, parallelism, salt, tag] = FORM.exec(hash) ?? [];
    if (salt === undefined || tag === undefined) {
      await this.pretend(password);
      return false;
    }
    const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
    const expected = Buffer.from(tag, 'base64');
    const actual = await tagOf(password, Buffer.from(salt, 'base64'), cost);
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  }

  async pretend(password: string): Promise<void> {
    timingSafeEqual(await tagOf(password, this.#nobody.salt, this.#cost), this.#nobody.tag);
  }
}

/** Unicode composed first, so that the same letters typed on another keyboard are the same password. */
function tagOf(password: string, salt: Buffer, cost: Argon2Cost): Promise<Buffer> {
  return derive('argon2id', {
    message: Buffer.from(password.normalize('NFC'), 'utf8'),
    nonce: salt,
    parallelism: cost.parallelism,
    tagLength: TAG_BYTES,
    memory: cost.memory,
    passes: cost.passes,
  });
}
