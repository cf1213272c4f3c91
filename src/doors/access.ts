import type { FastifyRequest } from 'fastify';
import type { App } from '../core/app.ts';
import { forbidden, unauthenticated } from '../core/errors.ts';
import type { OpenToGuests } from '../core/identity/index.ts';
import type { Principal } from '../core/identity/principal.ts';
import { meetingOf } from '../core/meetings/index.ts';
import type { Access, GuestDoor, RouteSpec } from './route.ts';

/** The bearer token of an `Authorization` header. */
export function bearer(header: string | undefined): string | undefined {
  const match = header === undefined ? null : /^Bearer +([^\s]+)$/i.exec(header);
  return match?.[1];
}

/**
 * Who asks, if they may come in by this word at all. Throws `unauthenticated` without a good token
 * and `forbidden` with one that is not for this route.
 */
export async function admit(
  app: App,
  { access, guests }: Pick<RouteSpec, 'access' | 'guests'>,
  { headers, params }: Pick<FastifyRequest, 'headers' | 'params'>,
): Promise<Principal | undefined> {
  const { authorization } = headers;
  if (access === 'public') return undefined;
  const token = bearer(authorization);
  if (token === undefined) {
    if (access === 'optional' && authorization === undefined) return undefined;
    throw unauthenticated(authorization === undefined ? 'auth.required' : 'auth.invalid');
  }
  const principal = await app.identity.authenticate(token, guests && openTo(guests, params));
  if (principal.kind === 'media' || !opens[access](principal)) throw forbidden('auth.forbidden');
  return principal;
}

/** The meeting that the path names; what is no number is nobody's. */
function openTo(guests: GuestDoor, params: unknown): OpenToGuests | undefined {
  if (guests === 'own') return guests;
  const named = String((params as Record<string, unknown>)[guests]);
  return meetingOf(named) ?? meetingOf(`meet_${named}`);
}

const isAdmin = (principal: Principal) => principal.kind === 'user' && principal.user.role === 'admin';

const opens: Record<Exclude<Access, 'public'>, (principal: Principal) => boolean> = {
  optional: () => true,
  'user-or-service': () => true,
  user: (principal) => principal.kind === 'user',
  service: (principal) => principal.kind === 'service',
  admin: isAdmin,
  'admin-or-service': (principal) => principal.kind === 'service' || isAdmin(principal),
};
