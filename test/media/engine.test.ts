import { dispose } from '@livekit/rtc-node';
import { afterAll, describe } from 'vitest';
import { mediaEngineContract } from '../../src/adapters/engine/media-engine.contract.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { EMBEDDED, startTestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

afterAll(() => dispose());

describe('the embedded engine', () => {
  mediaEngineContract(async () => {
    const server = await startTestServer({ media: EMBEDDED });
    return {
      engine: server.app.engine,
      enter: (_room, _identity, token) => RtcClient.join(server.wsUrl, token),
      until: async (reason, look) => {
        await waitFor(async () => (await look()) || undefined, { reason, timeoutMs: 10_000 });
      },
      close: () => server.close(),
    };
  });
});
