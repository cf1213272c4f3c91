import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { waitFor } from '../../support/wait-for.ts';

type Frame = { type: string; data: Record<string, unknown> };
type Answer = { status?: number; body: unknown };

/** A server that says what a test tells it to: the other end of the wire, with a real socket. */
export class WirePeer {
  readonly frames: Frame[] = [];
  readonly requests: { method: string; path: string; body: unknown; headers: Record<string, unknown> }[] = [];
  /** Answers to frames, by type. */
  readonly on: Record<string, (data: Record<string, unknown>) => void> = {};
  /** Answers to requests, by method and path. */
  readonly routes: Record<string, (body: unknown) => Answer> = {};
  /** Upgrades are refused with this status while it is set. */
  refuse: number | undefined;
  upgrades: { url: string; protocol: string }[] = [];
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'bearer' });
  #socket: WebSocket | undefined;

  private constructor() {
    this.#http = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const body: unknown = text ? JSON.parse(text) : undefined;
      const path = (request.url ?? '').split('?')[0] ?? '';
      this.requests.push({ method: request.method ?? '', path, body, headers: request.headers });
      const answer = this.routes[`${request.method} ${path}`]?.(body) ?? { status: 404, body: {} };
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
    this.#http.on('upgrade', (request, socket, head) => {
      this.upgrades.push({
        url: request.url ?? '',
        protocol: String(request.headers['sec-websocket-protocol']),
      });
      if (this.refuse !== undefined) {
        socket.end(`HTTP/1.1 ${this.refuse} No\r\nConnection: close\r\n\r\n`);
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#opened(ws));
    });
    this.routes['GET /api/v1/users/profile'] = () => ({ body: { code: 200, data: profile('ann') } });
    this.routes['GET /api/rtc/ice-servers'] = () => ({ body: { success: true, data: { iceServers: [] } } });
    this.on['call:sync'] = () => this.send('call:sync', { calls: [], timestamp: new Date().toISOString() });
  }

  static async start(): Promise<WirePeer> {
    const peer = new WirePeer();
    await new Promise<void>((resolve) => peer.#http.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  send(type: string, data: Record<string, unknown>): void {
    this.#socket?.send(JSON.stringify({ type, data }));
  }

  /** Ends the socket as a server does (a code) or as a cable does (none). */
  cut(code?: number): void {
    if (code === undefined) this.#socket?.terminate();
    else this.#socket?.close(code);
  }

  /** The next frame of that type that has not been asked for yet. */
  next(type: string): Promise<Record<string, unknown>> {
    return waitFor(
      () => {
        const i = this.frames.findIndex((frame) => frame.type === type);
        return i < 0 ? undefined : this.frames.splice(i, 1)[0]?.data;
      },
      { reason: `a ${type} frame` },
    );
  }

  request(method: string, path: string) {
    return waitFor(() => this.requests.find((r) => r.method === method && r.path === path), {
      reason: `${method} ${path}`,
    });
  }

  async close(): Promise<void> {
    this.#socket?.terminate();
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #opened(ws: WebSocket): void {
    this.#socket = ws;
    ws.on('message', (text) => {
      const frame = JSON.parse(String(text)) as Frame;
      this.frames.push(frame);
      this.on[frame.type]?.(frame.data);
    });
  }
}

/** A token as any server signs it; only its subject is read by the client. */
export function tokenOf(uid: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ sub: uid })}.c2lnbmF0dXJl`;
}

export const profile = (uid: string) => ({
  user_id: 1,
  uid,
  username: uid,
  email: null,
  nickname: uid.toUpperCase(),
  avatar_url: null,
  status: 'active',
  role: 'user',
  created_at: '2025-10-02T10:00:00Z',
  updated_at: '2025-10-02T10:00:00Z',
});

export const now = () => new Date().toISOString();
export const info = (username: string, id = 2) => ({ id, username, avatar: '' });
