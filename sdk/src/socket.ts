import { PING_ANSWER_MS, SILENCE_BEFORE_PING_MS, SOCKET_OPEN_MS, SOCKET_SETTLED_MS } from './defaults.ts';
import { ParleyError } from './errors.ts';
import type { SendFrame, ServerFrame } from './protocol.ts';
import { parseFrame } from './protocol.ts';
import type { ReconnectPolicy } from './reconnect-policy.ts';
import type { Token } from './token.ts';
import { TypedEvents } from './typed-events.ts';
import type { ConnectionState } from './types.ts';

/** Codes a server closes with for good. */
const REPLACED = 4001;
const SIGNED_OUT = 4003;
/** The server goes, and comes back. */
const RESTART = 1012;
/** Too many frames or sockets; of other servers, a token that has become void. */
const REFUSED = 1008;

export interface SocketOptions {
  /** Address of the server, http or https. */
  url: string;
  token: Token;
  deviceId: string;
  policy: ReconnectPolicy;
  /** Asks over REST whether the token is good: a browser does not say why a socket did not open. */
  check(): Promise<ParleyError | undefined>;
}

interface SocketEvents {
  state: [ConnectionState];
  frame: [ServerFrame];
  /** Why the socket is closed for good. */
  failed: [ParleyError];
}

/** The one socket of a client: opens, notices when it is dead, opens again. */
export class Socket extends TypedEvents<SocketEvents> {
  readonly #options: SocketOptions;
  #state: ConnectionState = 'connecting';
  #ws: WebSocket | undefined;
  #attempt = 0;
  #restarting = false;
  /** Which try this is; what an older one still reports is nobody's business. */
  #turn = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #askedAt = 0;
  readonly #online = () => this.#networkCame();
  readonly #offline = () => this.#probe();

  constructor(options: SocketOptions) {
    super();
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }
  /** The server said that it restarts; until the socket is open again. */
  get restarting(): boolean {
    return this.#restarting;
  }

  /** Opens now and stays open, whatever happens in between, until `close`. */
  open(): void {
    globalThis.addEventListener?.('online', this.#online);
    globalThis.addEventListener?.('offline', this.#offline);
    void this.#connect();
  }

  readonly send: SendFrame = (type, data) => {
    if (this.#state !== 'open' || this.#ws?.readyState !== 1) return false;
    this.#ws.send(JSON.stringify({ type, data }));
    return true;
  };

  close(): void {
    if (this.#state === 'closed') return;
    this.#turn++;
    globalThis.removeEventListener?.('online', this.#online);
    globalThis.removeEventListener?.('offline', this.#offline);
    clearTimeout(this.#retry);
    this.#drop();
    this.#become('closed');
  }

  async #connect(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#retry);
    let token: string;
    try {
      token = await this.#options.token.renew();
    } catch (cause) {
      if (turn === this.#turn) this.#tokenFailed(cause);
      return;
    }
    if (turn !== this.#turn) return;
    const address = new URL('ws', `${this.#options.url.replace(/\/+$/, '')}/`);
    address.protocol = address.protocol === 'https:' || address.protocol === 'wss:' ? 'wss:' : 'ws:';
    address.searchParams.set('device_id', this.#options.deviceId);
    try {
      this.#ws = new WebSocket(address, ['bearer', token]);
    } catch {
      // The browser refuses characters that no JWT has.
      this.#fail(ParleyError.unauthenticated('The token is not a JWT'));
      return;
    }
    this.#attach(this.#ws, turn);
  }

  #tokenFailed(cause: unknown): void {
    const error = ParleyError.of(cause);
    // Signed out is for good; a token server that cannot be reached is asked again.
    if (error.reason === 'unauthenticated') this.#fail(error);
    else this.#again();
  }

  #attach(ws: WebSocket, turn: number): void {
    let openedAt = 0;
    const giveUp = setTimeout(() => gone(false), SOCKET_OPEN_MS);
    const gone = (suspicious: boolean) => {
      clearTimeout(giveUp);
      if (turn !== this.#turn) return;
      // One that opens and closes at once is no reason to hurry.
      if (openedAt > 0 && Date.now() - openedAt >= SOCKET_SETTLED_MS) this.#attempt = 0;
      this.#drop();
      void this.#lost(suspicious, this.#turn);
    };
    ws.onopen = () => {
      clearTimeout(giveUp);
      if (turn !== this.#turn) return;
      openedAt = Date.now();
      this.#heardAt = openedAt;
      this.#restarting = false;
      this.#watch = setInterval(() => this.#listen(gone), 1000);
      this.#become('open');
    };
    ws.onmessage = ({ data }) => {
      if (turn !== this.#turn) return;
      this.#heardAt = Date.now();
      this.#askedAt = 0;
      const frame = typeof data === 'string' ? parseFrame(data) : undefined;
      if (frame) this.emit('frame', frame as ServerFrame);
    };
    ws.onclose = ({ code }) => {
      if (turn === this.#turn) this.#restarting ||= code === RESTART;
      if (turn !== this.#turn || (code !== REPLACED && code !== SIGNED_OUT)) {
        gone(openedAt === 0 || code === REFUSED);
      } else if (code === SIGNED_OUT) this.#fail(ParleyError.unauthenticated('This device was signed out'));
      else this.#fail(ParleyError.conflict('Another socket of this device has taken its place'));
    };
  }

  /** A socket that says nothing is asked; one that does not answer is dead. */
  #listen(gone: (suspicious: boolean) => void): void {
    const now = Date.now();
    if (this.#askedAt > 0) {
      if (now - this.#askedAt >= PING_ANSWER_MS) gone(false);
    } else if (now - this.#heardAt >= SILENCE_BEFORE_PING_MS) this.#probe();
  }

  #probe(): void {
    if (this.#askedAt === 0 && this.send('ping', {})) this.#askedAt = Date.now();
  }

  #networkCame(): void {
    if (this.#state === 'open') this.#probe();
    else if (this.#ws === undefined && this.#state !== 'closed') {
      this.#attempt = 0;
      void this.#connect();
    }
  }

  async #lost(suspicious: boolean, turn: number): Promise<void> {
    this.#become('reconnecting');
    if (suspicious) {
      const refusal = await this.#options.check();
      if (turn !== this.#turn) return;
      if (refusal) {
        this.#fail(refusal);
        return;
      }
    }
    this.#again();
  }

  #again(): void {
    const delay = this.#options.policy.nextDelay(this.#attempt++);
    if (delay === null) {
      this.#fail(ParleyError.network('The server cannot be reached'));
      return;
    }
    this.#become('reconnecting');
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), delay);
  }

  #fail(error: ParleyError): void {
    this.emit('failed', error);
    this.close();
  }

  #drop(): void {
    clearInterval(this.#watch);
    this.#askedAt = 0;
    const ws = this.#ws;
    this.#ws = undefined;
    if (!ws) return;
    ws.onopen = ws.onmessage = ws.onclose = null;
    ws.close();
  }

  #become(state: ConnectionState): void {
    // A first connection that fails is still the first one.
    const next = state === 'reconnecting' && this.#state === 'connecting' ? 'connecting' : state;
    if (next === this.#state) return;
    this.#state = next;
    this.emit('state', next);
  }
}
