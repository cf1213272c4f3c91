import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server, WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { App } from '../../core/app.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { ParleyError, toParleyError } from '../../core/errors.ts';
import { meetingOf } from '../../core/meetings/index.ts';
import { FrameReader } from '../frame-reader.ts';
import { localeOf } from '../locale.ts';
import type { OriginFacts } from '../origin.ts';
import { originOf } from '../origin.ts';
import type { Door } from '../route.ts';
import { Pulse } from '../socket-pulse.ts';
import { TOKEN_PROTOCOL } from '../socket-token.ts';
import { refuseUpgrade } from '../sockets.ts';
import { Seats } from './context.ts';
import { frameLimits } from './frame-limits.ts';
import type { Visit } from './knock.ts';
import { knock } from './knock.ts';
import { Links } from './media/links.ts';
import { parseFrame } from './parse.ts';
import { run } from './run.ts';
import { CLOSE_CODES, SignalingSocket } from './socket.ts';

/** A larger frame closes its socket with 1009. */
const GREATEST_FRAME = 256 * 1024;
/** How long a client may take to say goodbye; then it is cut off. */
const GOODBYE_MS = 3_000;
/** Of one person on this node. */
const MOST_SOCKETS = 10;

/** How a socket that has opened and may not stay is closed. */
const CLOSES: Partial<Record<ErrorCode, number>> = {
  limit: CLOSE_CODES.limit,
  unauthenticated: CLOSE_CODES.signedOut,
  forbidden: CLOSE_CODES.signedOut,
};

export interface SignalingOptions extends OriginFacts {
  /** `RATE_LIMITS`: lifts budgets of frames, never sizes. */
  rateLimits: boolean;
  /** Contract E's door: refusals and errors are in its words and numbers. */
  envelope: Door;
  nodeId: string;
  failed: (what: string, error: unknown) => void;
}

/** Contract E's socket, `/ws/signaling`. */
export class SignalingDoor {
  readonly path = '/ws/signaling';
  readonly #app: App;
  readonly #options: SignalingOptions;
  readonly #server: Server<typeof SignalingSocket>;
  readonly #reader: FrameReader<SignalingSocket>;
  readonly #pulse: Pulse;
  readonly #sockets = new Set<SignalingSocket>();
  readonly #byUser = new Map<number, Set<SignalingSocket>>();
  readonly #seats = new Seats();
  readonly #links = new Links();
  /** Sockets that have closed and are being taken off. */
  readonly #leaving = new Set<Promise<void>>();
  readonly #stops: (() => void)[];
  readonly #onClose: (this: WebSocket) => void;
  #closing = false;

  constructor(app: App, options: SignalingOptions) {
    this.#app = app;
    this.#options = options;
    const { nodeId, failed, rateLimits, envelope } = options;
    const limits = frameLimits(app, (rateLimits && envelope.limits) || {});
    const context = { app, nodeId, failed, limits, seats: this.#seats, links: this.#links };
    const refuse = (socket: SignalingSocket, error: ParleyError, more: object = {}) =>
      this.#refuse(socket, error, more);
    const handle = (socket: SignalingSocket, text: string) => {
      let type: string | undefined;
      const fail = (thrown: unknown) => {
        const error = toParleyError(thrown);
        if (error.code === 'internal') failed('handle a frame', thrown);
        refuse(socket, error, type === undefined ? {} : { of: type });
      };
      try {
        const frame = parseFrame(text, socket);
        type = frame.type;
        return run(context, socket, frame)?.catch(fail);
      } catch (thrown) {
        fail(thrown);
        return undefined;
      }
    };
    this.#reader = new FrameReader({ handle, refuse }, options);
    this.#pulse = new Pulse(this.#sockets);
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: GREATEST_FRAME,
      perMessageDeflate: false,
      WebSocket: SignalingSocket,
      // An option of `ws` that its types do not know yet.
      ...{ closeTimeout: GOODBYE_MS },
      // The other offered protocol is the token, which must not be echoed.
      handleProtocols: (protocols) => (protocols.has(TOKEN_PROTOCOL) ? TOKEN_PROTOCOL : false),
    });
    const leave = (socket: SignalingSocket) => this.#leave(socket);
    this.#onClose = function () {
      leave(this as SignalingSocket);
    };
    this.#stops = [
      app.bus.subscribe('cut', ({ userId, device, keep, reason }) => {
        // Its socket of calls is on another node now.
        if (reason === 'replaced') return;
        for (const socket of [...(this.#byUser.get(userId) ?? [])]) {
          if (keep?.includes(socket.principal.jti)) continue;
          if (device === undefined || device === socket.principal.jti) this.#cut(socket, reason);
        }
      }),
    ];
    const stop = app.media?.service.listen(({ event, room }) => {
      const meetingId = event === 'track_published' ? meetingOf(room?.name ?? '') : undefined;
      if (meetingId === undefined) return;
      for (const seat of this.#seats.in(meetingId)) void seat.receive();
    });
    if (stop) this.#stops.push(stop);
  }

  /** Lets somebody in, or refuses before the socket opens. */
  async upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): Promise<void> {
    const locale = localeOf(request.headers['accept-language']);
    try {
      if (this.#closing) throw new ParleyError('unavailable', 'unavailable');
      const visit = await knock(this.#app, request);
      const facts = {
        principal: visit.principal,
        meetingId: visit.meetingId,
        origin: originOf(request, this.#options),
        address: request.socket.remoteAddress ?? '',
        userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
        locale,
        wire,
        refusing: (socket: SignalingSocket, error: ParleyError, more: object) =>
          this.#refuse(socket, error, more),
      };
      this.#server.handleUpgrade(request, wire, head, (socket) => {
        this.#enter(Object.assign(socket, facts), visit);
      });
    } catch (error) {
      if (toParleyError(error).code === 'internal') this.#options.failed('open a socket', error);
      refuseUpgrade(wire, this.#options.envelope, error, { locale, path: this.path });
    }
  }

  #enter(socket: SignalingSocket, visit: Visit): void {
    this.#sockets.add(socket);
    const own = this.#byUser.get(socket.userId) ?? new Set();
    this.#byUser.set(socket.userId, own.add(socket));
    this.#reader.attach(socket);
    socket.once('close', this.#onClose);
    if (this.#closing) socket.close(CLOSE_CODES.restart, 'restart');
    else if (own.size > MOST_SOCKETS) this.#turnAway(socket, new ParleyError('limit', 'socket.many'));
    // A ban between the first look and now has found no socket to cut.
    else {
      visit.again().then(
        () => this.#reader.resume(socket),
        (error) => this.#turnAway(socket, error),
      );
    }
  }

  #turnAway(socket: SignalingSocket, thrown: unknown): void {
    const error = toParleyError(thrown);
    if (error.code === 'internal') this.#options.failed('open a socket', thrown);
    this.#refuse(socket, error, {});
    socket.close(CLOSES[error.code] ?? CLOSE_CODES.failed);
  }

  /** An `error` frame, with the number and the words of the envelope. */
  #refuse(socket: SignalingSocket, error: ParleyError, more: object): void {
    const about = { locale: socket.locale, requestId: '', path: this.path };
    const { code, message } = this.#options.envelope.error(error, about).body as Said;
    const { field } = error.details;
    const named = typeof field === 'string' ? { field } : {};
    socket.tell('error', { code, reason: error.code, message, ...named, ...more });
  }

  #leave(socket: SignalingSocket): void {
    this.#sockets.delete(socket);
    const own = this.#byUser.get(socket.userId);
    own?.delete(socket);
    if (own?.size === 0) this.#byUser.delete(socket.userId);
    if (socket.seat) this.#takeOff(socket.seat.gone());
  }

  /** Its person is signed out, banned or deleted. */
  #cut(socket: SignalingSocket, reason: string): void {
    const { seat } = socket;
    socket.close(CLOSE_CODES.signedOut, reason);
    if (seat) this.#takeOff(seat.expel(reason));
  }

  #takeOff(work: Promise<void>): void {
    const leaving = work
      .catch((error) => this.#options.failed('take a socket off its meeting', error))
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  /** Closes every socket with 1012 and waits for what is in flight. May be called twice. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const socket of this.#sockets) socket.close(CLOSE_CODES.restart, 'restart');
    const gone = [...this.#sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    await Promise.all(gone);
    this.#pulse.stop();
    await this.#reader.idle();
    await Promise.all(this.#leaving);
    this.#links.close();
    for (const stop of this.#stops.splice(0)) stop();
  }
}

/** Of the envelope's body. */
interface Said {
  code: number;
  message: string;
}
