import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Letter } from '../../ports/mail.ts';

const IV = 12;
const TAG = 16;

/**
 * Letters as the database keeps them: AES-256-GCM with a key of this server's own secret, so that who
 * reads the database, or a copy of it, reads no link of a letter that waits.
 */
export class Seal {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', 'letters that wait', 32));
  }

  /** Opens under the same id alone. */
  close(id: string, letter: Letter): string {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(id));
    const text = [cipher.update(JSON.stringify(letter), 'utf8'), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...text]).toString('base64');
  }

  /** Throws for what was sealed under another id or with another secret. */
  open(id: string, sealed: string): Letter {
    const bytes = Buffer.from(sealed, 'base64');
    const cipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV))
      .setAAD(Buffer.from(id))
      .setAuthTag(bytes.subarray(IV, IV + TAG));
    const text = cipher.update(bytes.subarray(IV + TAG), undefined, 'utf8') + cipher.final('utf8');
    return JSON.parse(text) as Letter;
  }
}
