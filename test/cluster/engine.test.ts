import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dispose } from '@livekit/rtc-node';
import { afterAll, describe } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { openCluster } from '../../src/adapters/engine/livekit/index.ts';
import { mediaEngineContract } from '../../src/adapters/engine/media-engine.contract.ts';
import { Hs256Tokens } from '../../src/adapters/tokens/hs256-tokens.ts';
import { hasGo, LIVEKIT_KEY, LIVEKIT_SECRET, startLiveKit } from '../support/livekit-server.ts';
import { startRedis } from '../support/redis.ts';
import { memoryOfRemovals } from '../support/removals.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { waitFor } from '../support/wait-for.ts';

afterAll(() => dispose());

describe.skipIf(!hasGo())('the engine of a LiveKit cluster (needs Go)', () => {
  mediaEngineContract(async () => {
    const hooks = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        cluster.webhook(Buffer.concat(chunks).toString(), request.headers.authorization).then(
          () => response.end(),
          () => response.writeHead(401).end(),
        );
      });
    }).listen(0, '127.0.0.1');
    await once(hooks, 'listening');
    const webhookUrls = [`http://127.0.0.1:${(hooks.address() as AddressInfo).port}/`];
    const redis = await startRedis();
    const address = redis.url.replace('redis://', '');
    // What one node is told, clients of the other one see.
    const nodes = [
      await startLiveKit({ webhookUrls, redis: address }),
      await startLiveKit({ webhookUrls, redis: address }),
    ];
    const cluster = openCluster({
      url: nodes[0]?.url ?? '',
      key: LIVEKIT_KEY,
      secret: LIVEKIT_SECRET,
      codec: new Hs256Tokens(systemClock),
      clock: systemClock,
      removals: memoryOfRemovals(),
      failed: (what, error) => console.error(what, error),
    });
    return {
      engine: cluster.engine,
      enter: async (_room, _identity, token) => RtcClient.join(nodes[1]?.url ?? '', token),
      until: async (reason, look) => {
        await waitFor(async () => (await look()) || undefined, { reason, timeoutMs: 20_000 });
      },
      close: async () => {
        await cluster.engine.close();
        for (const node of nodes) await node.stop();
        await redis.stop();
        hooks.close();
      },
    };
  });
});
