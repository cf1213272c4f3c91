import { Redis } from 'ioredis';
import { accountNamed, type ChildServer, findProgram, folderFor, startChild } from './child-server.ts';
import { freePort } from './free-port.ts';

/** A Redis server of our own that keeps nothing. */
export async function startRedis(): Promise<ChildServer & { url: string }> {
  const account = accountNamed('redis');
  const folder = folderFor('redis', account);
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const server = await startChild({
    name: 'Redis',
    account,
    folder,
    command: [
      findProgram('redis-server'),
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
    ],
    answers: () => ping(url),
  });
  return { ...server, url };
}

async function ping(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  // What goes wrong while connecting is thrown by `connect`; without a listener it would be printed as well.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
