import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  event: string | null;
  headers: IncomingMessage['headers'];
  text: string;
  body: { event_id: string; event_type: string; subject: string; seq: number; retry: number };
}

/** A real endpoint: remembers what came and answers as it is told. */
export async function startReceiver(): Promise<Receiver> {
  const receiver = new Receiver();
  await receiver.listen();
  return receiver;
}

export class Receiver implements AsyncDisposable {
  readonly received: Received[] = [];
  /** What it answers; `hang` answers nothing. */
  answer: (received: Received) => number | 'hang' = () => 204;
  readonly #server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const event = new URL(request.url ?? '', 'http://receiver').searchParams.get('event');
    const received = { event, headers: request.headers, text, body: JSON.parse(text) as Received['body'] };
    this.received.push(received);
    const status = this.answer(received);
    if (status === 'hang') return;
    // A redirect that was followed would come back here and count twice.
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('x'.repeat(100_000));
  });

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  get ids(): string[] {
    return this.received.map(({ body }) => body.event_id);
  }

  listen(port = 0): Promise<void> {
    return new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
