import type { IncomingMessage } from 'node:http';
import type { App } from '../../core/app.ts';
import { forbidden, invalid, unauthenticated } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { mustBeWebSocket, queryOf, tokenOf } from '../socket-token.ts';

const DEVICE_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Who opens a socket, and with which device. */
export interface Knock {
  userId: number;
  uid: string;
  id: string;
  /** The client chose the device id. */
  named: boolean;
  jti: string;
  userAgent: string;
}

/** Who opens a socket, and their token, to be looked at once more when the socket is open. */
export interface Visit {
  knock: Knock;
  token: string;
}

/** Throws `unauthenticated`, `forbidden` (a token that is no person's) or `invalid`. */
export async function knock(app: App, request: IncomingMessage): Promise<Visit> {
  const query = queryOf(request);
  const token = tokenOf(request, query);
  if (token === undefined) throw unauthenticated('auth.required');
  const principal = await app.identity.authenticate(token);
  if (principal.kind !== 'user') throw forbidden('auth.forbidden');
  const given = query.get('device_id');
  if (given !== null && !DEVICE_ID.test(given)) throw invalid('device_id');
  mustBeWebSocket(request);
  const { user, jti } = principal;
  return {
    token,
    knock: {
      userId: user.id,
      uid: user.uid,
      id: given ?? newId('dev'),
      named: given !== null,
      jti,
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
    },
  };
}
