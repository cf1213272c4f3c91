import { alone, readStored, writeStored } from './storage.ts';

/** What a sign-in gives. `expiresAt` is in ms. */
export interface Tokens {
  token: string;
  refresh: string;
  expiresAt: number;
}

export const TOKENS_KEY = 'parley.session';

/** Renewed this long before the end, so that no request goes out with a token about to die. */
const MARGIN_MS = 60_000;

export function readTokens(): Tokens | undefined {
  const stored = readStored(TOKENS_KEY);
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { token, refresh, expiresAt } = stored as Record<string, unknown>;
  if (typeof token !== 'string' || typeof refresh !== 'string' || typeof expiresAt !== 'number')
    return undefined;
  return { token, refresh, expiresAt };
}

export function writeTokens(tokens: Tokens | undefined): void {
  writeStored(TOKENS_KEY, tokens);
}

export function fresh(tokens: Tokens, now: number): boolean {
  return tokens.expiresAt - now > MARGIN_MS;
}

/**
 * Renews the tokens once for all tabs. A refresh token is good for one use and its second use ends
 * the whole family, so tabs take turns and first look whether another one has been quicker.
 */
export async function renew(
  old: Tokens,
  ask: (refresh: string) => Promise<Tokens>,
  now: () => number = Date.now,
): Promise<Tokens> {
  return alone('parley.refresh', async () => {
    const stored = readTokens();
    if (stored && stored.refresh !== old.refresh && fresh(stored, now())) return stored;
    const tokens = await ask(old.refresh);
    writeTokens(tokens);
    return tokens;
  });
}
