import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openPlain } from '../support/browser-plain.ts';
import { browserWorld } from '../support/browser-world.ts';
import { hears, sees } from '../support/media.ts';
import { api } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const world = browserWorld();

const until = (page: Page, look: () => boolean, reason: string) =>
  waitFor(() => page.evaluate(look), { reason, timeoutMs: 20_000 });

/** Ann has a client of contract B, Bob one of contract C. */
async function bothClients() {
  const [ann, bob] = await world.accounts('ann', 'bob');
  const [b, c] = await Promise.all([
    openPlain(world.browser, world.server, 'b', ann),
    openPlain(world.browser, world.server, 'c', bob),
  ]);
  return { ann, bob, b, c };
}

it.each(['b', 'c'] as const)(
  'a client of contract B and one of contract C: contract %s calls',
  async (first) => {
    const { ann, bob, b, c } = await bothClients();
    const [from, to] = first === 'b' ? [b, c] : [c, b];
    await from.evaluate((uid) => client.call(uid), first === 'b' ? bob.uid : ann.uid);
    await until(to, () => client.rings, 'the call to ring');
    await to.evaluate(() => client.answer());

    await Promise.all([
      sees(b.getByTestId(`remote-video-${bob.uid}`), 'Bob at Ann'),
      sees(c.getByTestId(`remote-video-${ann.uid}`), 'Ann at Bob'),
      hears(b),
      hears(c),
    ]);

    await to.evaluate(() => client.hangUp());
    await until(from, () => client.ended !== undefined, 'the other side to hear of the end');
    const callId = await from.evaluate(() => client.callId);
    for (const { uid, token } of [ann, bob]) {
      const history = await api(world.server, 'GET', `/api/v1/rtc/calls/${uid}`, { token });
      expect(history.body).toMatchObject([{ id: callId, status: 'ended', type: 'video' }]);
    }
  },
);
