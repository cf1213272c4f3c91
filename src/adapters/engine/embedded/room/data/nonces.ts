const NONCE_BYTES = 16;
const KEPT = 1000;

/** Packets that somebody sent twice, for want of an answer to the first: LiveKit's nonce of 16 bytes. */
export class Nonces {
  readonly #seen = new Set<string>();

  /** Whether this packet was seen before; remembers it. */
  seen(nonce: Uint8Array): boolean {
    if (nonce.length !== NONCE_BYTES) return false;
    const key = Buffer.from(nonce).toString('latin1');
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    if (this.#seen.size > KEPT) {
      for (const oldest of this.#seen) {
        this.#seen.delete(oldest);
        break;
      }
    }
    return false;
  }
}
