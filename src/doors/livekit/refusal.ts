import { toParleyError } from '../../core/errors.ts';

/** Why somebody may not join, in the status and the words that LiveKit's clients know. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

export const DENIED = 'permissions denied';
export const NO_ROOM = 'requested room does not exist';

/** A client falls back to an older protocol on any 404 but that of a room that is not there. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  const { code, key } = toParleyError(thrown);
  if (key === 'auth.required') return new Refusal(401, DENIED);
  if (key === 'auth.expired') return new Refusal(401, 'invalid token: token is expired');
  if (code === 'unauthenticated') return new Refusal(401, 'invalid token');
  if (code === 'forbidden') return new Refusal(401, DENIED);
  if (code === 'not_found') return new Refusal(404, NO_ROOM);
  if (code === 'invalid') return new Refusal(400, 'invalid request');
  if (code === 'unavailable') return new Refusal(503, 'server is not available');
  if (code === 'limit') return new Refusal(503, 'limits reached');
  return new Refusal(500, 'internal error');
}
