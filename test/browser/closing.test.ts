import { describe, it } from 'vitest';
import { connect, seeAndHearEachOther } from '../support/browser-person.ts';
import { browserWorld } from '../support/browser-world.ts';

describe('the caller closes the tab', () => {
  const world = browserWorld({ graceMs: 1000 });

  it('while it rings: it stops ringing and is a missed call', async () => {
    const [ann, bob] = await world.people(['ann', 'bob']);
    await ann.call(bob);
    await bob.isRungBy(ann);
    await ann.page.close();
    await bob.ringsNoMore();
    await bob.notice(`Missed call from ${ann.name}`);
    await bob.remembers(ann, /^Missed call$/);
  });

  it('while connected: the other one is told after the grace, and it is remembered as a call', async () => {
    const [ann, bob] = await world.people(['ann', 'bob']);
    await connect(ann, bob, 'voice');
    await bob.hears();
    await ann.page.close();
    await bob.status('Connection lost');
    await bob.press('Done');
    await bob.remembers(ann, /^Incoming · 0:\d\d$/);
  });
});

describe('within the grace', () => {
  const world = browserWorld();

  it('a page that is reloaded takes its call up again', async () => {
    const [ann, bob] = await world.people(['ann', 'bob']);
    await connect(ann, bob);
    await seeAndHearEachOther(ann, bob);
    await ann.page.reload();
    await seeAndHearEachOther(ann, bob);
    await ann.hangUp();
    await bob.status('Call ended');
  });
});
