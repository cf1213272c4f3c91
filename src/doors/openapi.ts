import type { TSchema } from 'typebox';
import type { ErrorCode } from '../core/errors.ts';
import { ParleyError } from '../core/errors.ts';
import type { Door, Route } from './route.ts';

/** The error answers of a route, by status: what its access and its inputs can bring, and its own. */
export function errorResponses(door: Door, route: Route): Record<number, TSchema> {
  const codes: ErrorCode[] = ['limit', 'internal', 'unavailable', ...(route.errors ?? [])];
  if (route.params || route.query || route.body) codes.push('invalid');
  if (route.body) codes.push('too_large', 'unsupported');
  if (route.access !== 'public') codes.push('unauthenticated', 'forbidden');
  const about = { locale: 'en' as const, requestId: '', path: route.url };
  const statuses = codes.map((code) => door.error(new ParleyError(code, code), about).status);
  return Object.fromEntries(statuses.map((status) => [status, door.errorSchema]));
}
