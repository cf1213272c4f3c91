import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Network } from '../support/browser-network.ts';
import type { AppPerson } from '../support/browser-person.ts';
import { connect, openApp, seeAndHearEachOther } from '../support/browser-person.ts';
import { type BrowserWorld, browserWorld } from '../support/browser-world.ts';
import { turnServer } from '../support/databases.ts';
import { pictureOn, received } from '../support/media.ts';
import { waitFor } from '../support/wait-for.ts';

const { urls, secret } = turnServer();
const turn = { turnUrls: urls, turnSecret: secret };
const turnPort = Number(/:(\d+)(?:\?|$)/.exec(urls[0] ?? '')?.[1]);

/** Ann, every byte of whom goes through a network that can be cut, and Bob, who is at home. */
async function annFarAway(world: BrowserWorld) {
  const [a, b] = await world.accounts('ann', 'bob');
  const network = await Network.open({ url: world.server.url, turnPort });
  const reach = { policy: 'relay', turnPort: network.turnPort } as const;
  const [ann, bob] = await Promise.all([openApp(world.browser, network.url, a, { reach }), world.open(b)]);
  return { ann, bob, network };
}

/** Nothing of Ann's reaches Bob for a whole second: the cut is one. */
async function isSilent(bob: AppPerson, reads: () => Promise<number>): Promise<void> {
  let before = await reads();
  await waitFor(
    async () => {
      const now = await reads();
      const same = now === before;
      before = now;
      return same;
    },
    { reason: `nothing more to reach ${bob.uid}`, everyMs: 1000 },
  );
}

const energyAt = async (person: AppPerson): Promise<number> =>
  (await received(person.page)).peers.reduce((sum, peer) => sum + peer.audioEnergy, 0);

const callFrames = ({ page }: AppPerson) =>
  page.evaluate(() => kept.frames.filter(({ type }) => /hang_up|timeout|reject/.test(type)));

// Together, for most of it is waiting for the cuts to end.
describe.concurrent('the network of one side is gone for 5 s', () => {
  const world = browserWorld(turn);

  it('and the call goes on as if nothing had been', async () => {
    const { ann, bob, network } = await annFarAway(world);
    await using _ = network;
    await connect(ann, bob);
    await seeAndHearEachOther(ann, bob);
    network.cut();
    // How long the cut lasts is what this is about.
    const fiveSeconds = pass(5000);
    await isSilent(bob, async () => (await pictureOn(bob.pictureOf(ann))).frames);
    await fiveSeconds;
    network.restore();
    await seeAndHearEachOther(ann, bob);
    expect([...(await callFrames(ann)), ...(await callFrames(bob))]).toEqual([]);
    await ann.hangUp();
    await bob.status('Call ended');
  });
});

describe.concurrent('the network of one side is gone for 30 s', () => {
  describe('and the server waits longer', () => {
    const world = browserWorld({ ...turn, graceMs: 45_000 });

    it('the call is kept and they hear each other again', async () => {
      const { ann, bob, network } = await annFarAway(world);
      await using _ = network;
      await connect(ann, bob, 'voice');
      await Promise.all([ann.hears(), bob.hears()]);
      network.cut();
      const halfAMinute = pass(30_000);
      await bob.status('Reconnecting…');
      await halfAMinute;
      network.restore();
      await Promise.all([ann.status('Connected'), bob.status('Connected')]);
      await Promise.all([ann.hears(), bob.hears()]);
      await bob.hangUp();
      await ann.status('Call ended');
    });
  });

  describe('and the server waits less', () => {
    const world = browserWorld({ ...turn, graceMs: 3000 });

    it('the call ends: the other side is told, then they themselves', async () => {
      const { ann, bob, network } = await annFarAway(world);
      await using _ = network;
      await connect(ann, bob, 'voice');
      await Promise.all([ann.hears(), bob.hears()]);
      network.cut();
      const halfAMinute = pass(30_000);
      await isSilent(bob, () => energyAt(bob));
      await bob.status('Connection lost');
      await halfAMinute;
      network.restore();
      await ann.status('Connection lost');
      await Promise.all([ann.press('Done'), bob.press('Done')]);
      const told = await ann.remembers(bob, /^Outgoing · 0:\d\d$/);
      expect(await bob.remembers(ann, /^Incoming · 0:\d\d$/)).toBe(told.replace('Outgoing', 'Incoming'));
    });
  });
});
