import { WebSocket } from 'ws';

/** A frame as C has it, both ways. */
export interface Frame {
  type: string;
  data: Record<string, unknown>;
}

const PATIENCE_MS = 60_000;

/** One person's socket: sends frames, waits for frames, and says so when it is closed. */
export class Peer {
  readonly #socket: WebSocket;
  readonly #listeners = new Map<string, (data: Frame['data']) => void>();
  #failed: ((error: Error) => void) | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (text: Buffer) => {
      const frame = JSON.parse(text.toString()) as Frame;
      if (frame.type === 'error') this.#failed?.(new Error(JSON.stringify(frame.data)));
      const listener = this.#listeners.get(frame.type);
      listener?.(frame.data);
    });
  }

  /** Opens and waits until the server has let it in. */
  static connect(url: string, token: string): Promise<Peer> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?token=${token}`, {
        perMessageDeflate: false,
      });
      const peer = new Peer(socket);
      socket.once('open', () => resolve(peer));
      socket.once('error', reject);
      socket.once('close', (code) => peer.#failed?.(new Error(`closed with ${code}`)));
    });
  }

  send(type: string, data: Frame['data']): void {
    this.#socket.send(JSON.stringify({ type, data }));
  }

  /** Every frame of a type from now on. */
  on(type: string, listener: (data: Frame['data']) => void): void {
    this.#listeners.set(type, listener);
  }

  /** What to do about an error frame or a closed socket. */
  onFailure(listener: (error: Error) => void): void {
    this.#failed = listener;
  }

  /** The next frame of a type; call it before what causes the frame. */
  next(type: string): Promise<Frame['data']> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no ${type} came`)), PATIENCE_MS);
      this.#failed = reject;
      this.#listeners.set(type, (data) => {
        clearTimeout(late);
        this.#listeners.delete(type);
        resolve(data);
      });
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.terminate();
  }
}

/** Opens sockets a few at a time: a queue of connections that overflows is not what is measured. */
export async function connectAll(url: string, tokens: readonly string[], atOnce = 64): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (let from = 0; from < tokens.length; from += atOnce) {
    const some = tokens.slice(from, from + atOnce).map((token) => Peer.connect(url, token));
    peers.push(...(await Promise.all(some)));
  }
  return peers;
}
