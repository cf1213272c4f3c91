import { WebSocket } from 'ws';
import { waitFor } from './wait-for.ts';

/** A frame of contract C. */
export interface Frame {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a server sends is what the test is about.
  data: any;
}

/** A plain client of contract C: it keeps every frame it gets, in order. */
export class TestSocket {
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | undefined;
  readonly ws: WebSocket;
  #read = 0;

  private constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data) => this.frames.push(JSON.parse(data.toString()) as Frame));
    ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    ws.on('error', () => {});
  }

  /** Opens a socket; throws with the HTTP status when the server refuses. */
  static async open(server: { url: string }, token: string, device?: string): Promise<TestSocket> {
    const query = new URLSearchParams({ token, ...(device === undefined ? {} : { device_id: device }) });
    const ws = new WebSocket(`${server.url.replace(/^http/, 'ws')}/ws?${query}`);
    const socket = new TestSocket(ws);
    await new Promise<void>((resolve, reject) => {
      ws.once('open', () => resolve());
      ws.once('error', reject);
      ws.once('unexpected-response', (_, response) =>
        reject(new Error(`refused with ${response.statusCode}`)),
      );
    });
    return socket;
  }

  send(type: string, data: unknown): void {
    this.ws.send(JSON.stringify({ type, data }));
  }

  /** The next frame of that type that has not been waited for; frames before it are passed over. */
  next(type: string, timeoutMs = 5000): Promise<Frame['data']> {
    return waitFor(
      () => {
        const at = this.frames.findIndex((frame, i) => i >= this.#read && frame.type === type);
        if (at < 0) return undefined;
        this.#read = at + 1;
        return this.frames[at]?.data;
      },
      { reason: `a ${type} frame (so far: ${this.frames.map((frame) => frame.type).join(', ')})`, timeoutMs },
    );
  }

  async close(): Promise<void> {
    this.ws.close();
    await waitFor(() => this.closed, { reason: 'the socket to close' });
  }

  /** As a client that died: no closing handshake. */
  kill(): void {
    this.ws.terminate();
  }
}
