import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** A TCP port on loopback that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The first of `count` ports in a row that are free for UDP and TCP, below those that the system gives away. */
export async function freeRow(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = 12_000 + Math.floor(Math.random() * 18_000);
    const row = Array.from({ length: count }, (_, i) => first + i);
    const free = await Promise.all(row.flatMap((port) => [isFreeUdp(port), isFreeTcp(port)]));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`no ${count} ports in a row are free`);
}

const isFreeUdp = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, () => socket.close(() => resolve(true)));
  });

const isFreeTcp = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
