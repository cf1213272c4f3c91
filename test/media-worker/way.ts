import { createSocket, type Socket } from 'node:dgram';
import type { Place } from './answers.ts';

/** What becomes of a packet on its way: `send` now, later or never. */
export type Pass = (packet: Buffer, send: (packet: Buffer) => void) => void;

const open = async (): Promise<Socket> => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
};

/** A way between a browser and the worker, on which things happen to packets. */
export class Way {
  readonly #outside: Socket;
  readonly #inside: Socket;
  #browser: Place | undefined;
  #closed = false;

  private constructor(outside: Socket, inside: Socket) {
    this.#outside = outside;
    this.#inside = inside;
  }

  /** `there`: to the worker, as they come unless said otherwise; `back`: what the worker sends. */
  static async open(worker: Place, back: Pass, there: Pass = (packet, send) => send(packet)): Promise<Way> {
    const way = new Way(await open(), await open());
    way.#outside.on('message', (packet, { address, port }) => {
      way.#browser = { ip: address, port };
      there(packet, (one) => way.#closed || way.#inside.send(one, worker.port, worker.ip));
    });
    way.#inside.on('message', (packet) =>
      back(packet, (one) => {
        if (way.#browser && !way.#closed) way.#outside.send(one, way.#browser.port, way.#browser.ip);
      }),
    );
    return way;
  }

  /** Where the browser sends to. */
  get place(): Place {
    return { ip: '127.0.0.1', port: this.#outside.address().port };
  }

  close(): void {
    this.#closed = true;
    this.#outside.close();
    this.#inside.close();
  }
}
