import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { type LiveKitNode, startLiveKit } from './livekit-server.ts';
import { startRedis } from './redis.ts';

/** Two LiveKit nodes on one Redis. */
export interface Cluster {
  /** One address for both: a connection goes to one, the next to the other. */
  url: string;
  nodes: readonly [LiveKitNode, LiveKitNode];
  close(): Promise<void>;
}

/** Takes a webhook; throws where it is not taken. */
export type Hear = (body: string, authorization: string) => Promise<unknown>;

export async function startCluster(hear: Hear): Promise<Cluster> {
  await using started = new AsyncDisposableStack();
  // LiveKit is told where its webhooks go before whoever hears them has an address.
  const hooks = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await hear(Buffer.concat(chunks).toString(), request.headers.authorization ?? '').then(
      () => response.end(),
      () => response.writeHead(502).end(),
    );
  });
  started.defer(() => void hooks.close());
  const webhookUrls = [`http://127.0.0.1:${await portOf(hooks)}/`];
  const redis = await startRedis();
  started.defer(() => redis.stop());
  const node = async () => {
    const one = await startLiveKit({ webhookUrls, redis: redis.url.replace('redis://', '') });
    started.defer(() => one.stop());
    return one;
  };
  const nodes = [await node(), await node()] as const;
  const front = inTurn(nodes.map(({ url }) => Number(new URL(url).port)));
  started.defer(() => front.close());
  const url = `ws://127.0.0.1:${await portOf(front.server)}`;
  const running = started.move();
  return { url, nodes, close: () => running.disposeAsync() };
}

async function portOf(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** What a balancer does. */
function inTurn(ports: readonly number[]) {
  const open = new Set<Socket>();
  let count = 0;
  const server = createTcpServer((near) => {
    const far = connect(ports[count++ % ports.length] ?? 0, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      // An end that breaks ends the other; whoever has that one is told by it.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  const close = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { server, close };
}
