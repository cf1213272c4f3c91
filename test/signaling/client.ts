import { WebSocket } from 'ws';
import { type Answer, api, type Person, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

/** A frame of contract E's socket. */
export interface Frame {
  type: string;
  from: number | 'server';
  to?: number;
  meeting_id: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a server sends is what the test is about.
  data: any;
}

/** A plain client of contract E: it keeps every frame it gets, in order. */
export class Signaling {
  readonly frames: Frame[] = [];
  readonly ws: WebSocket;
  closed: { code: number; reason: string } | undefined;
  #read = 0;

  private constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data) => this.frames.push(JSON.parse(data.toString()) as Frame));
    ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    ws.on('error', () => {});
  }

  /** Opens a socket; throws with the HTTP status and the body when the server refuses. */
  static async open(
    url: string,
    given: { headers?: Record<string, string>; protocols?: readonly string[] } = {},
  ): Promise<Signaling> {
    const ws = new WebSocket(url, [...(given.protocols ?? [])], { headers: given.headers ?? {} });
    const client = new Signaling(ws);
    await new Promise<void>((resolve, reject) => {
      ws.once('open', () => resolve());
      ws.once('error', reject);
      ws.once('unexpected-response', (_, response) => {
        response
          .setEncoding('utf8')
          .on('data', (text) => reject(new Error(`${response.statusCode} ${text}`)));
      });
    });
    return client;
  }

  /** Without `to` it is for the server. */
  send(type: string, data?: object, to?: number): void {
    this.ws.send(JSON.stringify({ type, ...(to === undefined ? {} : { to }), data }));
  }

  /** The next frame of that type that fits and has not been waited for; frames before it are passed over. */
  next(type: string, fits: (frame: Frame) => boolean = () => true, timeoutMs = 5000): Promise<Frame> {
    return waitFor(
      () => {
        const at = this.frames.findIndex((frame, i) => i >= this.#read && frame.type === type && fits(frame));
        if (at < 0) return undefined;
        this.#read = at + 1;
        return this.frames[at];
      },
      { reason: `a ${type} frame (so far: ${this.frames.map((frame) => frame.type).join(', ')})`, timeoutMs },
    );
  }

  of(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  /** Everything the server had to say before has come. */
  async settle(): Promise<void> {
    this.send('ping');
    await this.next('pong');
  }

  gone(): Promise<{ code: number; reason: string }> {
    return waitFor(() => this.closed, { reason: 'the socket to be closed' });
  }

  async close(): Promise<void> {
    this.ws.close();
    await this.gone();
  }

  /** As a client that died: no closing handshake. */
  kill(): void {
    this.ws.terminate();
  }
}

export const join = (server: TestServer, person: Person, id: number, body: object = {}): Promise<Answer> =>
  api(server, 'POST', `/api/v1/meetings/${id}/join`, { token: person.token, body });

/** Joins over REST and opens the socket by `room_url`, as the document has it; `joined` is told. */
export async function enter(
  server: TestServer,
  person: Person,
  id: number,
  data?: object,
): Promise<Signaling> {
  const { body } = await join(server, person, id);
  const client = await Signaling.open(body.data.room_url);
  client.ws.send(
    JSON.stringify({ type: 'join', meeting_id: id, user_id: person.id, ...(data ? { data } : {}) }),
  );
  await client.next('joined');
  return client;
}

/** A meeting of somebody's; answers its number. */
export async function plan(server: TestServer, host: Person, given: object = {}): Promise<number> {
  const body = { title: 'Team Meeting', ...given };
  const answer = await api(server, 'POST', '/api/v1/meetings', { token: host.token, body });
  if (answer.status !== 201) throw new Error(`planning was refused: ${JSON.stringify(answer.body)}`);
  return answer.body.data.meeting_id;
}

let made = 0;

/** New people. */
export async function people<T extends readonly string[]>(
  server: TestServer,
  ...names: T
): Promise<{ [K in keyof T]: Person }> {
  made += 1;
  const all: Person[] = [];
  for (const name of names) {
    all.push(await server.person(`${name}-${made}`, { displayName: name.toUpperCase() }));
  }
  return all as { [K in keyof T]: Person };
}
