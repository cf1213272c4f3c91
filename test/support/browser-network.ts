import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What lies beyond the network, on loopback. */
export interface Beyond {
  /** The server's address. */
  url: string;
  /** The TURN server's UDP port. */
  turnPort: number;
}

/**
 * One person's network. The page opens `url`, and its media goes through `turnPort` (a page that may use TURN only):
 * every byte passes here. Cut, nothing passes in either direction and nothing is closed, as with a cable pulled out
 * somewhere on the way: TCP keeps what was sent and delivers it afterwards, datagrams are lost.
 */
export class Network {
  url = '';
  turnPort = 0;
  readonly #beyond: Beyond;
  readonly #server: Server;
  readonly #media: UdpSocket;
  readonly #connections = new Set<[near: Socket, far: Socket]>();
  /** One socket towards the TURN server for each socket of the browser, so that it can tell them apart. */
  readonly #ways = new Map<string, UdpSocket>();
  #isCut = false;

  private constructor(beyond: Beyond) {
    this.#beyond = beyond;
    this.#server = createServer((near) => this.#join(near));
    this.#media = createSocket('udp4', (packet, from) => {
      if (!this.#isCut) this.#wayOf(from).send(packet, beyond.turnPort, '127.0.0.1');
    });
  }

  static async open(beyond: Beyond): Promise<Network> {
    const network = new Network(beyond);
    network.#server.listen(0, '127.0.0.1');
    network.#media.bind(0, '127.0.0.1');
    await Promise.all([once(network.#server, 'listening'), once(network.#media, 'listening')]);
    network.url = `http://127.0.0.1:${(network.#server.address() as AddressInfo).port}`;
    network.turnPort = network.#media.address().port;
    return network;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of [...this.#connections].flat()) socket.pause();
  }

  restore(): void {
    this.#isCut = false;
    for (const socket of [...this.#connections].flat()) socket.resume();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of [...this.#connections].flat()) socket.destroy();
    for (const way of this.#ways.values()) way.close();
    this.#media.close();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket): void {
    const { hostname, port } = new URL(this.#beyond.url);
    const far = connect(Number(port), hostname);
    const pair: [Socket, Socket] = [near, far];
    this.#connections.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (chunk) => to.write(chunk));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => this.#connections.delete(pair));
      if (this.#isCut) from.pause();
    }
  }

  #wayOf({ address, port }: RemoteInfo): UdpSocket {
    const name = `${address}:${port}`;
    const known = this.#ways.get(name);
    if (known) return known;
    const way = createSocket('udp4', (packet) => {
      if (!this.#isCut) this.#media.send(packet, port, address);
    });
    this.#ways.set(name, way);
    return way;
  }
}
