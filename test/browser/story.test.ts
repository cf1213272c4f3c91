import { expect, it } from 'vitest';
import { AppPerson, PASSWORD, seeAndHearEachOther } from '../support/browser-person.ts';
import { picture, populate, sitDown } from '../support/browser-pictures.ts';
import { browserWorld } from '../support/browser-world.ts';
import { hearsNothing } from '../support/media.ts';
import { waitFor } from '../support/wait-for.ts';

const world = browserWorld();

/** Opens the printed address and makes an account, as the first thing that anybody does. */
async function newcomer(uid: string, name: string): Promise<AppPerson> {
  const page = await world.browser.open(uid);
  await sitDown(page, name.length * 25);
  await page.goto(world.server.url);
  await page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor();
  await page.getByRole('link', { name: 'Create account' }).click();
  await page.getByLabel('Username').fill(uid);
  await page.getByLabel('Display name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
  const person = new AppPerson(page, uid, name);
  await person.isConnected();
  return person;
}

it('two people register, find each other, become contacts, call, see and hear each other, and both histories tell it', async () => {
  const ann = await newcomer('ann', 'Ann Lee');
  await ann.notice('You are the administrator of this server.');
  const bob = await newcomer('bob', 'Bob Berg');

  await ann.press(ann.button('Add contact').first());
  await ann.page.getByRole('searchbox', { name: 'Name or username' }).fill('bo');
  await ann.press('Add Bob Berg');
  await ann.page.getByText('Request sent').first().waitFor();
  await ann.press('Close');

  await bob.notice('Ann Lee wants to add you');
  await bob.goTo('Contacts');
  await bob.page.getByRole('tab', { name: /^Requests/ }).click();
  await bob.press('Accept Ann Lee');
  await ann.notice('Bob Berg is now your contact');

  await populate(world.server, ann, bob);
  await ann.goTo('Contacts');
  await ann.page.getByText('Online', { exact: true }).last().waitFor();
  await picture(ann.page, 'contacts');
  await picture(ann.page, 'contacts-dark', 'dark');
  await ann.press('Video call Bob Berg');
  await bob.isRungBy(ann);
  await ann.status('Ringing');
  await picture(bob.page, 'incoming');
  await bob.answer();
  await seeAndHearEachOther(ann, bob);
  await Promise.all([ann.seesSelf(), bob.seesSelf()]);
  await picture(ann.page, 'call');

  await ann.press('Mute');
  await bob.page.getByText('muted').waitFor({ state: 'attached' });
  await hearsNothing(bob.page);
  await ann.press('Unmute');
  await bob.page.getByText('muted').waitFor({ state: 'detached' });
  await bob.hears();

  // A call of a second at least, so that its length is worth comparing.
  await waitFor(async () => (await bob.page.getByTestId('call-duration').innerText()) >= '0:01', {
    reason: 'the duration to count',
  });
  await bob.hangUp();
  await Promise.all([ann.status('Call ended'), bob.status('Call ended')]);
  await Promise.all([ann.press('Done'), bob.press('Done')]);
  const told = await ann.remembers(bob, /^Outgoing · 0:\d\d$/);
  expect(await bob.remembers(ann, /^Incoming · 0:\d\d$/)).toBe(told.replace('Outgoing', 'Incoming'));
});
