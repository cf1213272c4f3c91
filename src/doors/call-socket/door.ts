import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server, WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { App } from '../../core/app.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { ParleyError, toParleyError } from '../../core/errors.ts';
import type { Arrival } from '../../core/presence/index.ts';
import type { FrameReader } from '../frame-reader.ts';
import { localeOf } from '../locale.ts';
import type { OriginFacts } from '../origin.ts';
import { originOf } from '../origin.ts';
import { Pulse } from '../socket-pulse.ts';
import { TOKEN_PROTOCOL } from '../socket-token.ts';
import { refuseUpgrade } from '../sockets.ts';
import { Announcer } from './announcer.ts';
import { errorFrame } from './errors.ts';
import { Follows } from './follows.ts';

import { knock } from './knock.ts';
import { tellPresence } from './presence-frames.ts';

import type { SocketObserver } from './reader.ts';
import { openReader } from './reader.ts';
import { callSocket } from './rest.ts';
import { CallSocket, CLOSE_CODES } from './socket.ts';
import { welcome } from './welcome.ts';

export type { SocketObserver } from './reader.ts';

/** A larger frame closes its socket with 1009. */
const GREATEST_FRAME = 256 * 1024;
/** How long a client may take to say goodbye; then it is cut off. */
const GOODBYE_MS = 3_000;
const GREATEST_ORIGINS = 100;

/** How a socket that has opened and may not stay is closed. */
const CLOSES: Partial<Record<ErrorCode, number>> = {
  limit: CLOSE_CODES.limit,
  unauthenticated: CLOSE_CODES.signedOut,
  forbidden: CLOSE_CODES.signedOut,
};

export interface CallSocketOptions extends OriginFacts {
  /** `RATE_LIMITS`: lifts the frame budget, never sizes. */
  rateLimits: boolean;
  failed: (what: string, error: unknown) => void;
  observer?: SocketObserver;
}

/** Contract C's socket, `/ws`. */
export class CallSocketDoor {
  readonly path = '/ws';
  readonly #app: App;
  readonly #options: CallSocketOptions;
  readonly #server: Server<typeof CallSocket>;
  readonly #announcer: Announcer;
  readonly #follows: Follows;
  readonly #reader: FrameReader<CallSocket>;
  readonly #pulse: Pulse;
  readonly #sockets = new Set<CallSocket>();
  readonly #stops: (() => void)[];
  /** Sockets that have closed and are being taken off. */
  readonly #leaving = new Set<Promise<void>>();
  /** One function for all sockets; a closure of each would keep its token alive. */
  readonly #onClose: (this: WebSocket) => void;
  /** Ten thousand sockets came by a few addresses. */
  readonly #origins = new Map<string, string>();
  #closing = false;

  constructor(app: App, options: CallSocketOptions) {
    this.#app = app;
    this.#options = options;
    const failed = (error: unknown) => options.failed('serve a socket', error);
    this.#announcer = new Announcer(app, failed);
    this.#follows = new Follows(app, failed);
    this.#reader = openReader({ app, follows: this.#follows }, options);
    app.relay.follow((callId) => this.#announcer.telling(callId));
    this.#pulse = new Pulse(this.#sockets);
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: GREATEST_FRAME,
      perMessageDeflate: false,
      WebSocket: CallSocket,
      // An option of `ws` that its types do not know yet.
      ...{ closeTimeout: GOODBYE_MS },
      // The other offered protocol is the token, which must not be echoed.
      handleProtocols: (protocols) => (protocols.has(TOKEN_PROTOCOL) ? TOKEN_PROTOCOL : false),
    });
    const leave = (socket: CallSocket) => this.#leave(socket);
    this.#onClose = function () {
      leave(this as CallSocket);
    };
    this.#stops = [
      app.bus.subscribe('call', (change) => this.#announcer.announce(change)),
      tellPresence(app, failed),
    ];
  }

  /** Lets somebody in, or refuses before the socket opens. */
  async upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): Promise<void> {
    const locale = localeOf(request.headers['accept-language']);
    try {
      if (this.#closing) throw new ParleyError('unavailable', 'unavailable');
      const visit = await knock(this.#app, request);
      const visitor = { ...visit.knock, locale, wire, origin: this.#originOf(request) };
      const refusal = await this.#app.presence.arrive(visitor).then(
        () => undefined,
        (error: unknown) => error,
      );
      // Too many sockets is told on the socket itself, as too many frames are.
      if (refusal && toParleyError(refusal).code !== 'limit') throw refusal;
      const enter = (socket: CallSocket) => {
        Object.assign(socket, visitor);
        if (refusal)
          this.#turnAway(
            socket.on('error', () => {}),
            refusal,
          );
        else this.#enter(socket, visitor, visit.token);
      };
      try {
        this.#server.handleUpgrade(request, wire, head, enter);
      } finally {
        // Nothing, once the socket has opened.
        if (!refusal) await this.#app.presence.forsake(visitor);
      }
    } catch (error) {
      if (toParleyError(error).code === 'internal') this.#options.failed('open a socket', error);
      refuseUpgrade(wire, callSocket, error, { locale, path: this.path });
    }
  }

  #originOf(request: IncomingMessage): string {
    const origin = originOf(request, this.#options);
    const known = this.#origins.get(origin);
    if (known !== undefined) return known;
    // A client can say any host: what is kept for all of them stays small.
    if (this.#origins.size < GREATEST_ORIGINS) this.#origins.set(origin, origin);
    return origin;
  }

  #enter(socket: CallSocket, arrival: Arrival, token: string): void {
    this.#sockets.add(socket);
    this.#reader.attach(socket);
    socket.once('close', this.#onClose);
    welcome(this.#app, this.#announcer, socket, arrival)
      // A ban between the first look and now has found no socket to cut.
      .then(() => this.#app.identity.authenticate(token))
      .then(() => this.#reader.resume(socket))
      .catch((error) => this.#turnAway(socket, error));
    if (this.#closing) socket.close(CLOSE_CODES.restart, 'restart');
  }

  #turnAway(socket: CallSocket, thrown: unknown): void {
    const error = toParleyError(thrown);
    if (error.code === 'internal') this.#options.failed('open a socket', thrown);
    socket.tell(errorFrame(error, socket.locale));
    socket.close(CLOSES[error.code] ?? CLOSE_CODES.failed);
  }

  #leave(socket: CallSocket): void {
    this.#sockets.delete(socket);
    this.#announcer.opened(socket);
    this.#follows.drop(socket);
    const leaving = this.#app.presence
      .disconnect(socket)
      .catch((error) => this.#options.failed('take a device off', error))
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  /** Closes every socket with 1012 and waits for what is in flight. May be called twice. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#app.presence.drain();
    for (const socket of this.#sockets) socket.close(CLOSE_CODES.restart, 'restart');
    const gone = [...this.#sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    await Promise.all(gone);
    this.#pulse.stop();
    await this.#reader.idle();
    await Promise.all(this.#leaving);
    this.#follows.close();
    for (const stop of this.#stops.splice(0)) stop();
  }
}
