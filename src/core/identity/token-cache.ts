import type { Claims } from '../../ports/tokens.ts';

/** Tokens whose signature has been checked; the oldest unused one makes room. */
export class TokenCache {
  readonly #size: number;
  readonly #claims = new Map<string, Claims>();

  constructor(size: number) {
    this.#size = size;
  }

  get(token: string): Claims | undefined {
    const claims = this.#claims.get(token);
    if (claims) {
      this.#claims.delete(token);
      this.#claims.set(token, claims);
    }
    return claims;
  }

  set(token: string, claims: Claims): void {
    this.#claims.delete(token);
    this.#claims.set(token, claims);
    if (this.#claims.size <= this.#size) return;
    const [oldest] = this.#claims.keys();
    if (oldest !== undefined) this.#claims.delete(oldest);
  }

  delete(token: string): void {
    this.#claims.delete(token);
  }
}
