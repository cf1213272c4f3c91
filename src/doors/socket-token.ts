import type { IncomingMessage } from 'node:http';
import { ParleyError, unauthenticated } from '../core/errors.ts';
import { bearer } from './access.ts';

/** The subprotocol that carries a token where a browser can set no header. */
export const TOKEN_PROTOCOL = 'bearer';

export const queryOf = (request: IncomingMessage): URLSearchParams =>
  new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));

/** From the header, the subprotocols or `?token=`, in this order; undefined where there is none. */
export function tokenOf(request: IncomingMessage, query: URLSearchParams): string | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = bearer(authorization);
    if (token === undefined) throw unauthenticated('auth.invalid');
    return token;
  }
  const [name, token] = protocolsOf(request);
  return (name === TOKEN_PROTOCOL ? token : query.get('token')) || undefined;
}

/** `ws` would refuse what is no WebSocket with a page; here it is in the contract's own form. */
export function mustBeWebSocket({ method, headers }: IncomingMessage): void {
  const { 'sec-websocket-version': version, 'sec-websocket-key': key } = headers;
  if (method !== 'GET' || version !== '13' || !key) throw new ParleyError('invalid', 'invalid.request');
}

const protocolsOf = (request: IncomingMessage) =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
