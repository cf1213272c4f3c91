import { describe, expect, it } from 'vitest';
import type { AppPerson } from '../support/browser-person.ts';
import { connect, seeAndHearEachOther } from '../support/browser-person.ts';
import { browserWorld } from '../support/browser-world.ts';

/** The ids of the calls that this page has heard of. */
const callIds = ({ page }: AppPerson): Promise<string[]> =>
  page.evaluate(() => [
    ...new Set(kept.frames.flatMap(({ data }) => (typeof data.callId === 'string' ? [data.callId] : []))),
  ]);

describe('a call', () => {
  const world = browserWorld();

  it('that is declined says so to the caller, and both remember it', async () => {
    const [ann, bob] = await world.people(['ann', 'bob']);
    await ann.call(bob);
    await bob.isRungBy(ann);
    await bob.decline();
    await bob.ringsNoMore();
    await ann.status('Declined');
    await ann.press('Done');
    await Promise.all([ann.remembers(bob, /^Declined$/), bob.remembers(ann, /^You declined$/)]);
  });

  it('that the caller cancels stops ringing, and is a missed call', async () => {
    const [ann, bob] = await world.people(['ann', 'bob']);
    await ann.call(bob, 'voice');
    await bob.isRungBy(ann);
    await ann.press('Cancel call');
    await bob.ringsNoMore();
    await bob.notice(`Missed call from ${ann.name}`);
    await ann.status('Cancelled');
    await ann.press('Done');
    await Promise.all([ann.remembers(bob, /^Cancelled$/), bob.remembers(ann, /^Missed call$/)]);
  });

  it('to somebody who is in a call is busy, and disturbs nobody', async () => {
    const [ann, bob, cy] = await world.people(['ann', 'bob', 'cy']);
    await connect(ann, bob, 'voice');
    await cy.call(bob);
    await cy.status('Busy');
    expect(await bob.card.count()).toBe(0);
    await Promise.all([ann.status('Connected'), bob.status('Connected'), ann.hears(), bob.hears()]);
    await cy.press('Done');
    await cy.remembers(bob, /^Busy$/);
    await ann.hangUp();
    await bob.status('Call ended');
    await bob.press('Done');
    await bob.goTo('History');
    await bob.page.getByRole('main').getByText(cy.name, { exact: true }).first().waitFor();
  });

  it('to somebody who is not there says so', async () => {
    const [a, b] = await world.accounts('ann', 'bob');
    const ann = await world.open(a);
    await ann.call(b);
    await ann.status('Not online');
    await ann.press('Done');
    const bob = await world.open(b);
    await bob.remembers(ann, /^Missed call$/);
  });

  it('of two who call each other at the same moment is one call, and connected', async () => {
    const [ann, bob] = await world.people(['ann', 'bob']);
    await Promise.all([ann.goTo('Calls'), bob.goTo('Calls')]);
    const buttons = [ann.button(`Video call ${bob.name}`), bob.button(`Video call ${ann.name}`)];
    await Promise.all(buttons.map((button) => button.first().waitFor()));
    await Promise.all(
      buttons.map((button) => button.first().evaluate((element) => (element as HTMLElement).click())),
    );
    await seeAndHearEachOther(ann, bob);
    const [seenByAnn, seenByBob] = await Promise.all([callIds(ann), callIds(bob)]);
    expect(seenByAnn).toHaveLength(1);
    expect(seenByBob).toEqual(seenByAnn);
    await bob.hangUp();
    await ann.status('Call ended');
  });
});

describe('a call that nobody answers', () => {
  const world = browserWorld({ ringMs: 2000 });

  it('ends by itself and is missed in both histories', async () => {
    const [ann, bob] = await world.people(['ann', 'bob']);
    await ann.call(bob);
    await bob.isRungBy(ann);
    await ann.status('No answer');
    await bob.ringsNoMore();
    await bob.notice(`Missed call from ${ann.name}`);
    await ann.press('Done');
    await Promise.all([ann.remembers(bob, /^No answer$/), bob.remembers(ann, /^Missed call$/)]);
  });
});
