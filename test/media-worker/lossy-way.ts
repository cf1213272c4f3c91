import { createSocket, type Socket } from 'node:dgram';
import type { Place } from './answers.ts';

/** A way to the worker that loses some of what comes back: every n-th packet of media. */
export class LossyWay {
  lost = 0;
  everyNth = Number.POSITIVE_INFINITY;
  readonly #outside: Socket;
  readonly #inside: Socket;
  #browser: Place | undefined;
  #seen = 0;

  private constructor(worker: Place) {
    this.#outside = createSocket('udp4');
    this.#inside = createSocket('udp4');
    this.#outside.on('message', (packet, { address, port }) => {
      this.#browser = { ip: address, port };
      this.#inside.send(packet, worker.port, worker.ip);
    });
    this.#inside.on('message', (packet) => {
      const media =
        (packet[0] ?? 0) >> 6 === 2 && !(packet[1] !== undefined && packet[1] >= 192 && packet[1] <= 223);
      if (media && ++this.#seen % this.everyNth === 0) {
        this.lost++;
        return;
      }
      if (this.#browser) this.#outside.send(packet, this.#browser.port, this.#browser.ip);
    });
  }

  static async open(worker: Place): Promise<LossyWay> {
    const way = new LossyWay(worker);
    for (const socket of [way.#outside, way.#inside])
      await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return way;
  }

  get place(): Place {
    return { ip: '127.0.0.1', port: this.#outside.address().port };
  }

  close(): void {
    this.#outside.close();
    this.#inside.close();
  }
}
