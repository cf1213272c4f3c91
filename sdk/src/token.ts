import type { TokenSource } from './types.ts';

/** Holds the present token of a client, and asks its source for a new one when told to. */
export class Token {
  readonly #source: TokenSource;
  #value: string | undefined;

  constructor(source: TokenSource) {
    this.#source = source;
    if (typeof source === 'string') this.#value = source;
  }

  /** Asking again may give another token. */
  get renewable(): boolean {
    return typeof this.#source === 'function';
  }

  /** The present token, without asking when there is one. */
  async current(): Promise<string> {
    return this.#value ?? (await this.renew());
  }

  /** Asks the source. */
  async renew(): Promise<string> {
    this.#value = typeof this.#source === 'string' ? this.#source : await this.#source();
    return this.#value;
  }
}

/** The subject of a JWT, unverified: only the server decides what a token is worth. */
export function subjectOf(jwt: string): string | undefined {
  const body = jwt.split('.')[1];
  if (!body) return undefined;
  try {
    const bytes = Uint8Array.from(atob(body.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    return typeof claims.sub === 'string' ? claims.sub : undefined;
  } catch {
    // Not a JWT: the server will say so when the socket opens.
    return undefined;
  }
}
