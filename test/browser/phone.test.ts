import { expect, it } from 'vitest';
import type { AppPerson } from '../support/browser-person.ts';
import { seeAndHearEachOther } from '../support/browser-person.ts';
import { picture, sitDown } from '../support/browser-pictures.ts';
import { browserWorld } from '../support/browser-world.ts';

const world = browserWorld();
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** Nothing is wider than the screen: a phone would have to be scrolled sideways. */
async function fits({ page, uid }: AppPerson): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `the width of ${uid}'s page`).toBeLessThanOrEqual(PHONE.viewport.width);
}

it('on a phone a voice call gains pictures from both sides, loses them, and is remembered', async () => {
  const [ann, bob] = await world.people(['ann', 'bob'], PHONE);
  await Promise.all([sitDown(ann.page, 200), sitDown(bob.page, 30)]);
  await fits(ann);
  await ann.call(bob, 'voice');
  await bob.isRungBy(ann);
  await fits(bob);
  await bob.answer();
  await Promise.all([ann.status('Connected'), bob.status('Connected')]);
  await Promise.all([ann.hears(), bob.hears()]);
  expect(await ann.pictureOf(bob).count()).toBe(0);

  await ann.press('Turn camera on');
  await bob.sees(ann);
  await bob.press('Turn camera on');
  await seeAndHearEachOther(ann, bob);
  await Promise.all([ann.seesSelf(), bob.seesSelf()]);
  await Promise.all([fits(ann), fits(bob)]);
  await picture(ann.page, 'phone');

  await ann.press('Turn camera off');
  await bob.pictureOf(ann).waitFor({ state: 'detached' });
  await Promise.all([bob.hears(), ann.sees(bob)]);

  await ann.hangUp();
  await Promise.all([ann.status('Call ended'), bob.status('Call ended')]);
  await Promise.all([ann.press('Done'), bob.press('Done')]);
  const told = await ann.remembers(bob, /^Outgoing · 0:\d\d$/);
  expect(await bob.remembers(ann, /^Incoming · 0:\d\d$/)).toBe(told.replace('Outgoing', 'Incoming'));
});
