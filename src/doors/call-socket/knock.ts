import type { IncomingMessage } from 'node:http';
import type { App } from '../../core/app.ts';
import { forbidden, invalid, ParleyError, unauthenticated } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { bearer } from '../access.ts';

/** The subprotocol that carries a token where a browser can set no header. */
export const TOKEN_PROTOCOL = 'bearer';

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
  const principal = await app.identity.authenticate(token);
  if (principal.kind !== 'user') throw forbidden('auth.forbidden');
  const given = query.get('device_id');
  if (given !== null && !DEVICE_ID.test(given)) throw invalid('device_id');
  const { headers } = request;
  // `ws` would refuse these with a page; here it is in the contract's own form.
  if (
    request.method !== 'GET' ||
    headers['sec-websocket-version'] !== '13' ||
    !headers['sec-websocket-key']
  ) {
    throw new ParleyError('invalid', 'invalid.request');
  }
  const { user, jti } = principal;
  return {
    token,
    knock: {
      userId: user.id,
      uid: user.uid,
      id: given ?? newId('dev'),
      named: given !== null,
      jti,
      userAgent: (headers['user-agent'] ?? '').slice(0, 256),
    },
  };
}

const queryOf = (request: IncomingMessage) =>
  new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));

/** From the header, the subprotocols or the query, in this order. */
function tokenOf(request: IncomingMessage, query: URLSearchParams): string {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = bearer(authorization);
    if (token === undefined) throw unauthenticated('auth.invalid');
    return token;
  }
  const [name, token] = protocolsOf(request);
  const given = name === TOKEN_PROTOCOL ? token : query.get('token');
  if (!given) throw unauthenticated('auth.required');
  return given;
}

const protocolsOf = (request: IncomingMessage) =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
