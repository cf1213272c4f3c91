import { expect, it } from 'vitest';
import { seeAndHearEachOther, signIn } from '../support/browser-person.ts';
import { browserWorld } from '../support/browser-world.ts';

const world = browserWorld();

/** Ann, and Bob at his desk and on his sofa. */
async function annAndTwoOfBob() {
  const [a, b] = await world.accounts('ann', 'bob');
  const again = await signIn(world.server, b.uid);
  return Promise.all([world.open(a), world.open(b), world.open(again)]);
}

it('a call answered on one of two devices stops ringing on the other, which says why', async () => {
  const [ann, desk, sofa] = await annAndTwoOfBob();
  await ann.call(desk);
  await Promise.all([desk.isRungBy(ann), sofa.isRungBy(ann)]);
  await sofa.answer();
  await desk.ringsNoMore();
  await desk.notice('Answered elsewhere');
  await seeAndHearEachOther(ann, sofa);
  expect(await desk.page.getByTestId('call-status').count()).toBe(0);
  await ann.hangUp();
  await sofa.status('Call ended');
  await Promise.all([desk.remembers(ann, /^Incoming · 0:\d\d$/), sofa.press('Done')]);
  await sofa.remembers(ann, /^Incoming · 0:\d\d$/);
});

it('a call declined on one of two devices stops ringing on the other, which says why', async () => {
  const [ann, desk, sofa] = await annAndTwoOfBob();
  await ann.call(desk);
  await Promise.all([desk.isRungBy(ann), sofa.isRungBy(ann)]);
  await desk.decline();
  await sofa.ringsNoMore();
  await sofa.notice('Declined elsewhere');
  await ann.status('Declined');
});

it('of two devices that answer at the same moment one has the call, the other hears so', async () => {
  const [ann, desk, sofa] = await annAndTwoOfBob();
  await ann.call(desk);
  await Promise.all([desk.isRungBy(ann), sofa.isRungBy(ann)]);
  const buttons = await Promise.all([desk.armed('Answer'), sofa.armed('Answer')]);
  // Both at once: a click of the test's own takes as long as the other device's answer.
  await Promise.all(buttons.map((button) => button.evaluate((element) => (element as HTMLElement).click())));
  await ann.status('Connected');
  const words = await Promise.all(
    [desk, sofa].map(async ({ page }) => {
      const told = page.getByText(/^(Connected|Answered elsewhere)$/).first();
      await told.waitFor({ state: 'attached' });
      return told.innerText();
    }),
  );
  expect([...words].sort()).toEqual(['Answered elsewhere', 'Connected']);
  await seeAndHearEachOther(ann, words[0] === 'Connected' ? desk : sofa);
});
