import type { IncomingMessage } from 'node:http';
import type { App } from '../../core/app.ts';
import { forbidden, invalid, notFound, ParleyError, unauthenticated } from '../../core/errors.ts';
import type { UserPrincipal } from '../../core/identity/index.ts';
import { subjectOf } from '../../core/meetings/index.ts';
import { mustBeWebSocket, queryOf, tokenOf } from '../socket-token.ts';

/** Who opens a socket of which meeting. */
export interface Visit {
  readonly principal: UserPrincipal;
  readonly meetingId: number;
  /** Once more, when the socket is open: a ban may have come between. */
  readonly again: () => Promise<unknown>;
}

/**
 * By a token, or by the ticket of `room_url`. Throws `unauthenticated`, `invalid`, `forbidden` (the
 * token is not the user's), `not_found` and `gone`.
 */
export async function knock(app: App, request: IncomingMessage): Promise<Visit> {
  const query = queryOf(request);
  const token = tokenOf(request, query);
  const ticket = query.get('ticket');
  if (token === undefined && !ticket) throw unauthenticated('auth.required');
  const meetingId = numberIn(query, 'meeting_id');
  const userId = numberIn(query, 'user_id');
  const again = async () => {
    if (token === undefined) return app.tickets.check(ticket ?? '', subjectOf(meetingId));
    return app.identity.authenticate(token, meetingId);
  };
  const principal = await again();
  if (principal.kind !== 'user') throw forbidden('auth.forbidden');
  if (principal.user.id !== userId) throw forbidden('auth.not_yourself');
  mustBeWebSocket(request);
  const head = await app.store.read.meetings.head(meetingId);
  if (!head) throw notFound('meeting.unknown');
  if (head.status === 'ended' || head.status === 'cancelled') throw new ParleyError('gone', 'meeting.over');
  return { principal, meetingId, again };
}

function numberIn(query: URLSearchParams, field: string): number {
  const text = query.get(field) ?? '';
  const number = Number(text);
  if (!/^[1-9]\d{0,15}$/.test(text) || !Number.isSafeInteger(number)) throw invalid(field);
  return number;
}
