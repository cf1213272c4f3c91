import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { DisconnectReason, LeaveRequest, LeaveRequest_Action } from '@livekit/protocol';
import type { WebSocketServer } from 'ws';
import { WebSocketServer as Sockets } from 'ws';
import type { App } from '../../core/app.ts';
import { toParleyError } from '../../core/errors.ts';
import type { MediaSession, MediaSessions } from '../../core/media/index.ts';
import type { SocketDoor } from '../sockets.ts';
import type { Asking } from './asked.ts';
import { askedBy } from './asked.ts';
import { GREATEST_FRAME } from './frames.ts';
import { Pulse } from './pulse.ts';
import { Refusal, refusalOf } from './refusal.ts';
import type { SignalOptions } from './signal.ts';
import { CLOSE_CODES, Signal } from './signal.ts';
import { joinerOf, tokenIn } from './token.ts';

/** How long a client may take to say goodbye; then it is cut off. */
const GOODBYE_MS = 3_000;
/** Clients give up a socket that is not open after 15 s: a join that takes longer is undone. */
const JOIN_MS = 12_000;

export type LiveKitApp = Pick<App, 'identity' | 'clock'>;

export interface LiveKitDoorOptions extends SignalOptions {
  /** Hears why somebody did not come in: one of few words, for they are counted. */
  readonly refused?: (reason: string) => void;
}

/** LiveKit's signalling, `/rtc`: its clients come in as they are. */
export class LiveKitDoor {
  readonly path = '/rtc';
  /** The same for clients with a single peer connection, where the engine serves them. */
  readonly newer: SocketDoor = {
    path: '/rtc/v1',
    upgrade: (request, wire, head) => this.#let(request, wire, head, true),
    // The sockets are this door's.
    close: () => Promise.resolve(),
  };
  readonly #app: LiveKitApp;
  readonly #media: MediaSessions;
  readonly #options: LiveKitDoorOptions;
  readonly #server: WebSocketServer;
  readonly #signals = new Set<Signal>();
  readonly #pulse: Pulse;
  #closing = false;

  constructor(app: LiveKitApp, media: MediaSessions, options: LiveKitDoorOptions) {
    this.#app = app;
    this.#media = media;
    this.#options = options;
    this.#pulse = new Pulse(this.#signals);
    this.#server = new Sockets({
      noServer: true,
      clientTracking: false,
      maxPayload: GREATEST_FRAME,
      perMessageDeflate: false,
      // An option of `ws` that its types do not know yet.
      ...{ closeTimeout: GOODBYE_MS },
    });
  }

  upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): Promise<void> {
    return this.#let(request, wire, head, false);
  }

  /** Lets somebody into a room, or refuses before the socket opens. */
  async #let(request: IncomingMessage, wire: Duplex, head: Buffer, newer: boolean): Promise<void> {
    const singlePeer = this.#media.singlePeer === true;
    // Before anything else: upon this 404 clients take the other protocol at once.
    if (newer && !singlePeer) return refuse(wire, new Refusal(404, 'not found'), request.headers.origin);
    try {
      if (this.#closing) throw new Refusal(503, 'server is stopping');
      const query = new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));
      const principal = await joinerOf(this.#app.identity, tokenIn(request.headers.authorization, query));
      const origin = {
        address: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      };
      const manner = { newer, singlePeer, strict: false };
      const asking = askedBy(this.#app, principal, query, origin, manner);
      const signal = new Signal(this.#options);
      const session = await this.#enter(asking, signal);
      this.#open(request, wire, head, signal, session);
      for (const message of asking.first) session?.receive(message);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.status === 500) this.#options.failed('let a client into a room', error);
      this.#options.refused?.(COUNTED[refusal.status] ?? 'error');
      refuse(wire, refusal, request.headers.origin);
    }
  }

  /** Undefined when there is nothing to come back to, or no place: the client is told on its socket. */
  async #enter({ joining, resume }: Asking, signal: Signal): Promise<MediaSession | undefined> {
    const wire = {
      send: (message: Parameters<Signal['send']>[0]) => signal.send(message),
      end: (reason: DisconnectReason) => signal.end(reason),
    };
    const { grant, identity, issuedAt } = joining;
    if (resume) {
      const session = await inTime(
        this.#media.resume({ room: grant.room, identity, issuedAt, sid: resume.sid, ...wire }),
      );
      if (!session) signal.send(leave(LeaveRequest_Action.RECONNECT, DisconnectReason.STATE_MISMATCH));
      return session;
    }
    try {
      return await inTime(this.#media.join({ ...joining, ...wire }));
    } catch (error) {
      const told = TOLD[toParleyError(error).key];
      if (told === undefined) throw error;
      const [reason, counted] = told;
      this.#options.refused?.(counted);
      signal.send(leave(LeaveRequest_Action.DISCONNECT, reason));
      return undefined;
    }
  }

  #open(
    request: IncomingMessage,
    wire: Duplex,
    head: Buffer,
    signal: Signal,
    session: MediaSession | undefined,
  ) {
    let opened = false;
    // The answer and what the client is told first go out together.
    wire.cork();
    this.#server.handleUpgrade(request, wire, head, (socket) => {
      opened = true;
      this.#signals.add(signal);
      socket.once('close', () => this.#signals.delete(signal));
      signal.open(socket, session);
      if (this.#closing) this.#sendHome(signal);
    });
    wire.uncork();
    // Went away meanwhile, or asked for no WebSocket: `ws` has answered.
    if (!opened) session?.leave(DisconnectReason.SIGNAL_CLOSE);
  }

  #sendHome(signal: Signal): void {
    const reason = DisconnectReason.SERVER_SHUTDOWN;
    signal.leave(leave(LeaveRequest_Action.RECONNECT, reason), reason, CLOSE_CODES.restart);
  }

  /** Tells every client to come back, and waits until they have gone. */
  async close(): Promise<void> {
    this.#closing = true;
    const gone = [...this.#signals].map((signal) => signal.gone());
    for (const signal of this.#signals) this.#sendHome(signal);
    await Promise.all(gone);
    this.#pulse.stop();
  }
}

/** Refusals that LiveKit's clients hear on the socket: there they carry a reason that they know. */
const TOLD: Readonly<Record<string, readonly [told: DisconnectReason, counted: string]>> = {
  'room.full': [DisconnectReason.JOIN_FAILURE, 'full'],
  'room.removed': [DisconnectReason.PARTICIPANT_REMOVED, 'removed'],
};

/** The others by their status, for those who count them. */
const COUNTED: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'denied',
  404: 'no_room',
  503: 'unavailable',
};

const leave = (action: LeaveRequest_Action, reason: DisconnectReason) =>
  ({ case: 'leave', value: new LeaveRequest({ action, reason }) }) as const;

/** The session, unless it takes too long: what comes after that leaves at once. */
async function inTime(coming: Promise<MediaSession>): Promise<MediaSession>;
async function inTime(coming: Promise<MediaSession | undefined>): Promise<MediaSession | undefined>;
async function inTime(coming: Promise<MediaSession | undefined>): Promise<MediaSession | undefined> {
  const late = Promise.withResolvers<never>();
  let given = false;
  const timer = setTimeout(() => {
    given = true;
    late.reject(new Refusal(503, 'joining took too long'));
  }, JOIN_MS);
  const session = coming.then((one) => {
    if (given) one?.leave(DisconnectReason.JOIN_FAILURE);
    return one;
  });
  try {
    return await Promise.race([session, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Answers an upgrade that is not to be, and closes. */
function refuse(wire: Duplex, refusal: Refusal, origin: string | undefined): void {
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(refusal.message)}`,
    `Access-Control-Allow-Origin: ${origin ?? '*'}`,
  ];
  // A client that does not close its side would keep the connection, and a stop waiting for it.
  wire.once('finish', () => wire.destroy());
  wire.end(`${head.join('\r\n')}\r\n\r\n${refusal.message}`);
}
