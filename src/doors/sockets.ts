import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { notFound, toParleyError } from '../core/errors.ts';
import type { Locale } from './locale.ts';
import { localeOf } from './locale.ts';
import type { Door } from './route.ts';
import { doorOf } from './unknown.ts';

/** A door that speaks on sockets. */
export interface SocketDoor {
  readonly path: string;
  /** Takes the connection over, or refuses it; never throws. */
  upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): Promise<void>;
  /** Closes its sockets and waits for what is in flight. */
  close(): Promise<void>;
}

/**
 * One router for all socket doors over the HTTP server. Other upgrades are refused in the envelope
 * of their prefix. Offers that are not for a WebSocket (`h2c`, from clients that prefer HTTP/2) are
 * requests like any other.
 */
export function routeSockets(server: Server, sockets: readonly SocketDoor[], doors: readonly Door[]): void {
  const byPath = new Map(sockets.map((door) => [door.path, door]));
  // Node asks this of the server itself; its types know it as an option of `createServer` alone.
  Object.assign(server, {
    shouldUpgradeCallback: (request: IncomingMessage) =>
      request.headers.upgrade?.toLowerCase() === 'websocket',
  });
  server.on('upgrade', (request: IncomingMessage, wire: Duplex, head: Buffer) => {
    // A client that goes away meanwhile is not worth an uncaught error.
    wire.on('error', giveUp);
    const path = pathOf(request.url ?? '/');
    const socket = byPath.get(path);
    if (socket) {
      void socket.upgrade(request, wire, head);
      return;
    }
    const door = doorOf(doors, path) ?? doors[0];
    const locale = localeOf(request.headers['accept-language']);
    if (door) refuseUpgrade(wire, door, notFound('route.unknown'), { locale, path });
    else wire.destroy();
  });
}

/** Some of LiveKit's clients put their path behind an address that ends with a slash. */
const pathOf = (url: string): string => (url.split('?', 1)[0] ?? '/').replace(/^\/\//, '/');

/** One function for all connections: thousands of them lie idle. */
function giveUp(this: Duplex): void {
  this.destroy();
}

/** Answers an upgrade that is not to be with the door's own error, and closes. */
export function refuseUpgrade(
  wire: Duplex,
  door: Door,
  thrown: unknown,
  about: { locale: Locale; path: string },
): void {
  const { status, body } = door.error(toParleyError(thrown), { ...about, requestId: '' });
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
  ];
  // A client that does not close its side would keep the connection, and a stop waiting for it.
  wire.once('finish', () => wire.destroy());
  wire.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
