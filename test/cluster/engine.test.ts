import { dispose } from '@livekit/rtc-node';
import { afterAll } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { openCluster } from '../../src/adapters/engine/livekit/index.ts';
import { mediaEngineContract } from '../../src/adapters/engine/media-engine.contract.ts';
import { Hs256Tokens } from '../../src/adapters/tokens/hs256-tokens.ts';
import { startCluster } from '../support/cluster.ts';
import { LIVEKIT_KEY, LIVEKIT_SECRET } from '../support/livekit-server.ts';
import { memoryOfRemovals } from '../support/removals.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { waitFor } from '../support/wait-for.ts';

afterAll(() => dispose());

mediaEngineContract(async () => {
  const livekit = await startCluster((body, authorization) => cluster.webhook(body, authorization));
  const [ours, theirs] = livekit.nodes;
  const cluster = openCluster({
    url: ours.url,
    key: LIVEKIT_KEY,
    secret: LIVEKIT_SECRET,
    codec: new Hs256Tokens(systemClock),
    clock: systemClock,
    removals: memoryOfRemovals(),
    failed: (what, error) => console.error(what, error),
  });
  return {
    engine: cluster.engine,
    // What one node is told, clients of the other one see.
    enter: async (_room, _identity, token) => RtcClient.join(theirs.url, token),
    until: async (reason, look) => {
      await waitFor(async () => (await look()) || undefined, { reason, timeoutMs: 20_000 });
    },
    close: async () => {
      await cluster.engine.close();
      await livekit.close();
    },
  };
});
