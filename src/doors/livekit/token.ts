import type { App } from '../../core/app.ts';
import { toParleyError } from '../../core/errors.ts';
import type { MediaPrincipal } from '../../core/identity/principal.ts';
import { DENIED, Refusal } from './refusal.ts';

const PREFIX = 'Bearer ';

/**
 * The token of the header, or of the query where a browser can set no header. Undefined without
 * one. Throws a `Refusal` for a header that is none.
 */
export function tokenIn(authorization: string | undefined, query: URLSearchParams): string | undefined {
  if (authorization === undefined || authorization === '') return query.get('access_token') || undefined;
  if (!authorization.startsWith(PREFIX)) {
    throw new Refusal(401, `invalid authorization header. Must start with ${PREFIX}`);
  }
  return authorization.slice(PREFIX.length).trim();
}

/**
 * Who asks, by a token of LiveKit's; undefined without a token, or with one of ours that grants
 * nothing here. Throws a `Refusal` for a bad token.
 */
export async function principalOf(
  identity: App['identity'],
  token: string | undefined,
): Promise<MediaPrincipal | undefined> {
  if (token === undefined) return undefined;
  try {
    return await identity.media(token);
  } catch (thrown) {
    const { code, key } = toParleyError(thrown);
    if (key === 'auth.expired') throw new Refusal(401, 'invalid token: token is expired');
    if (code === 'unauthenticated') throw new Refusal(401, 'invalid token');
    if (code === 'forbidden') return undefined;
    throw thrown;
  }
}

/** Somebody whose token lets them into a room. Throws a `Refusal`. */
export async function joinerOf(
  identity: App['identity'],
  token: string | undefined,
): Promise<MediaPrincipal> {
  const principal = await principalOf(identity, token);
  if (principal?.grants.roomJoin !== true) throw new Refusal(401, DENIED);
  return principal;
}
