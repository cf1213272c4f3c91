import { afterAll, describe, it } from 'vitest';
import { mediaFrom } from '../../src/config/media.ts';
import { browserWorld } from '../support/browser-world.ts';
import { conference } from '../support/conference.ts';
import { freePort } from '../support/free-port.ts';
import {
  hasGo,
  LIVEKIT_KEY,
  LIVEKIT_SECRET,
  type LiveKitNode,
  startLiveKit,
} from '../support/livekit-server.ts';
import { roomStory } from '../support/room-story.ts';

describe.skipIf(!hasGo())('Chromium in rooms of a LiveKit cluster (needs Go)', () => {
  let node: LiveKitNode | undefined;
  const world = browserWorld(async () => {
    // LiveKit is told where its webhooks go before our server is there.
    const port = await freePort();
    node = await startLiveKit({ webhookUrls: [`http://127.0.0.1:${port}/api/webhooks/livekit`] });
    const media = mediaFrom({
      MEDIA_ENGINE: 'livekit',
      LIVEKIT_URL: node.url,
      LIVEKIT_API_KEY: LIVEKIT_KEY,
      LIVEKIT_API_SECRET: LIVEKIT_SECRET,
    });
    return { port, media };
  });
  const pages = conference(world);
  afterAll(() => node?.stop());

  it('the app’s page and LiveKit’s own components side by side; one is removed, one reconnects, it ends once', () =>
    roomStory(world, pages));
});
