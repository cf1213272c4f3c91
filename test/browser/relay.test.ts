import { expect, it } from 'vitest';
import { iceServers } from '../../src/core/calls/ice-servers.ts';
import { connect, seeAndHearEachOther } from '../support/browser-person.ts';
import { browserWorld } from '../support/browser-world.ts';
import { turnServer } from '../support/databases.ts';
import { received } from '../support/media.ts';

const { urls, secret } = turnServer();
const world = browserWorld({ turnUrls: urls, turnSecret: secret });

it('a call whose only way is the TURN server is seen and heard by the credentials that Parley made', async () => {
  const [ann, bob] = await world.people(['ann', 'bob'], { reach: { policy: 'relay' } });
  await connect(ann, bob);
  await seeAndHearEachOther(ann, bob);
  for (const { page } of [ann, bob]) {
    const { peers } = await received(page);
    expect(peers.map((peer) => peer.localCandidate)).toEqual(['relay']);
  }
});

it('a credential whose time is over opens nothing', async () => {
  const page = await world.browser.open('late');
  await page.goto(world.server.url);
  const config = { stunUrls: [], turnUrls: urls, turnSecret: secret, turnTtlS: 3600 };
  const gathered = (servers: RTCIceServer[]) =>
    page.evaluate(async (iceServers) => {
      const pc = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
      pc.createDataChannel('any');
      let count = 0;
      const done = new Promise<void>((resolve) => {
        pc.onicecandidate = ({ candidate }) => {
          if (candidate?.candidate) count++;
          else if (!candidate) resolve();
        };
      });
      await pc.setLocalDescription();
      await done;
      pc.close();
      return count;
    }, servers);
  const hoursAgo = (hours: number) => iceServers(config, 'late', Date.now() - hours * 3600_000);
  expect(await gathered(hoursAgo(0))).toBeGreaterThan(0);
  expect(await gathered(hoursAgo(2))).toBe(0);
});
