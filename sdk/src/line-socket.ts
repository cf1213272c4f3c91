import { PING_ANSWER_MS, SILENCE_BEFORE_PING_MS, SOCKET_OPEN_MS } from './defaults.ts';
import type { LineFrame } from './meeting-view.ts';

/** Looks at a quiet socket this often. */
const LOOK_MS = 1000;

export interface LineHandlers {
  opened(): void;
  frame(frame: LineFrame): void;
  /** Once, whatever the reason: closed by the server, never opened, silent for too long. */
  gone(code: number): void;
}

/** One signalling socket, from its opening to its end; who wants another one opens it. */
export class LineSocket {
  readonly #ws: WebSocket;
  readonly #handlers: LineHandlers;
  #watch: ReturnType<typeof setInterval> | undefined;
  readonly #giveUp: ReturnType<typeof setTimeout>;
  #heardAt = Date.now();
  #askedAt = 0;

  constructor(url: string, handlers: LineHandlers) {
    this.#handlers = handlers;
    const ws = new WebSocket(url);
    this.#ws = ws;
    this.#giveUp = setTimeout(() => this.#end(0), SOCKET_OPEN_MS);
    ws.onopen = () => {
      clearTimeout(this.#giveUp);
      this.#heardAt = Date.now();
      this.#watch = setInterval(() => this.#look(), LOOK_MS);
      handlers.opened();
    };
    ws.onmessage = ({ data }) => {
      this.#heardAt = Date.now();
      this.#askedAt = 0;
      const frame = typeof data === 'string' ? parse(data) : undefined;
      if (frame) handlers.frame(frame);
    };
    ws.onclose = ({ code }) => this.#end(code);
  }

  send(type: string, data: object): void {
    if (this.#ws.readyState === 1) this.#ws.send(JSON.stringify({ type, data }));
  }

  /** Asks whether the server is still there: the network may have changed. */
  probe(): void {
    if (this.#askedAt > 0 || this.#ws.readyState !== 1) return;
    this.#askedAt = Date.now();
    this.send('ping', {});
  }

  /** Nothing is heard of it any more. */
  close(): void {
    clearTimeout(this.#giveUp);
    clearInterval(this.#watch);
    const ws = this.#ws;
    ws.onopen = ws.onmessage = ws.onclose = null;
    ws.close();
  }

  #look(): void {
    const now = Date.now();
    if (this.#askedAt > 0) {
      if (now - this.#askedAt >= PING_ANSWER_MS) this.#end(0);
    } else if (now - this.#heardAt >= SILENCE_BEFORE_PING_MS) this.probe();
  }

  #end(code: number): void {
    this.close();
    this.#handlers.gone(code);
  }
}

function parse(text: string): LineFrame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null || !('type' in frame)) return undefined;
    const {
      type,
      from = 'server',
      data,
    } = frame as { type: unknown; from?: number | string; data?: unknown };
    if (typeof type !== 'string' || typeof data !== 'object' || data === null) return undefined;
    return { type, from, data: data as Record<string, unknown> };
  } catch {
    // Not a frame of ours.
    return undefined;
  }
}
