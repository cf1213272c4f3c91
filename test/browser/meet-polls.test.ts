import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { barriers } from '../support/browser-axe.ts';
import { type MeetPerson, meetGuests, meetingLink } from '../support/browser-meet.ts';
import { picture, sitDown } from '../support/browser-pictures.ts';
import { browserWorld } from '../support/browser-world.ts';
import { EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });

/** A poll on somebody's page, by its question. */
const poll = ({ page }: MeetPerson, name: string): Locator => page.getByRole('article', { name });
const openPanel = async ({ person, page }: MeetPerson) => {
  await person.press(page.getByRole('button', { name: /^Polls/ }).first());
  await page.getByRole('complementary', { name: 'Polls' }).waitFor();
};
/** What its bars say, once they say it. */
const stands = (one: MeetPerson, name: string, ...shares: string[]) =>
  Promise.all(shares.map((share) => poll(one, name).getByText(share, { exact: true }).waitFor()));

it('a poll from its draft to its result, with live bars, by keyboard and on a phone', async () => {
  const [host] = await meetGuests(world, ['hana'], { reducedMotion: 'reduce' });
  const [ann] = await meetGuests(world, ['ann'], {
    reducedMotion: 'reduce',
    viewport: { width: 390, height: 844 },
  });
  for (const one of [host, ann]) await sitDown(one.page, one.uid.length * 50);
  const link = await meetingLink(world, await tokenOf(host), { title: 'Weekly' });
  for (const one of [host, ann]) {
    await one.opens(link);
    await one.knocks();
    await one.isInside();
  }
  await openPanel(host);
  await host.page.getByText('No polls yet').waitFor();

  // Written by the keyboard; what is missing is said at its field.
  await host.person.press('New poll');
  const dialog = host.page.getByRole('dialog', { name: 'New poll' });
  await dialog.getByLabel('Question').press('Enter');
  await dialog.getByText('Enter a question of at most 300 characters').waitFor();
  await dialog.getByLabel('Question').fill('When do we meet?');
  await dialog.getByLabel('Option 1', { exact: true }).fill('Monday');
  await dialog.getByLabel('Option 2', { exact: true }).fill('Monday');
  await dialog.getByLabel('Option 2', { exact: true }).press('Enter');
  await dialog.getByText('This option is there already').waitFor();
  await dialog.getByLabel('Option 2', { exact: true }).fill('Tuesday');
  await host.person.press(dialog.getByRole('button', { name: 'Add an option' }));
  await dialog.getByLabel('Option 3', { exact: true }).fill('Friday');
  expect(await barriers(host.page), 'writing a poll').toEqual([]);
  await host.person.press(dialog.getByRole('button', { name: 'Save for later' }));
  await dialog.waitFor({ state: 'detached' });
  await poll(host, 'When do we meet?').getByText('Draft').waitFor();
  expect(await ann.page.getByTestId('poll-notice').count()).toBe(0);
  await host.person.press(poll(host, 'When do we meet?').getByRole('button', { name: 'Ask everyone' }));

  // Over the stage and on the button, until it is answered.
  await ann.page.getByTestId('poll-notice').getByText('New poll: When do we meet?').waitFor();
  await ann.page.getByRole('button', { name: 'Polls, 1 to answer' }).first().waitFor();
  expect(await barriers(ann.page), 'a poll over the stage').toEqual([]);
  await ann.person.press(ann.page.getByTestId('poll-notice').getByRole('button', { name: 'Answer' }));
  const ballot = poll(ann, 'When do we meet?');
  await ballot.getByRole('radio', { name: 'Monday' }).focus();
  await ann.page.keyboard.press('ArrowDown');
  await ann.page.keyboard.press('Tab');
  expect(await barriers(ann.page), 'a poll to be answered').toEqual([]);
  await ann.page.keyboard.press('Enter');
  await stands(ann, 'When do we meet?', '1 · 100%', 'Your vote', '1 person has voted');
  await stands(host, 'When do we meet?', '1 · 100%');
  await picture(host.page, 'meeting');
  await host.person.press(poll(host, 'When do we meet?').getByRole('button', { name: 'Who chose what' }));
  await poll(host, 'When do we meet?').getByRole('term').getByText(ann.name, { exact: true }).waitFor();

  // Another answer, the host's own, and the end.
  await ann.person.press(ballot.getByRole('button', { name: 'Change my vote' }));
  await ballot.getByText('Friday', { exact: true }).click();
  await ann.person.press(ballot.getByRole('button', { name: 'Vote', exact: true }));
  await poll(host, 'When do we meet?').getByText('Monday', { exact: true }).first().click();
  await host.person.press(poll(host, 'When do we meet?').getByRole('button', { name: 'Vote', exact: true }));
  await stands(ann, 'When do we meet?', '2 people have voted');
  expect(await ballot.getByText('1 · 50%', { exact: true }).count()).toBe(2);
  await host.person.press(poll(host, 'When do we meet?').getByRole('button', { name: 'Close the poll' }));
  await ballot.getByText('Closed').waitFor();
  expect(await ballot.getByRole('button').count()).toBe(0);
  await ann.page.locator('[aria-live="polite"]').getByText('The poll is closed: When do we meet?').waitFor();

  // One whose result waits, and whose votes are nobody's.
  await host.person.press('New poll');
  await dialog.getByLabel('Question').fill('Is it well?');
  await dialog.getByLabel('Option 1', { exact: true }).fill('Yes');
  await dialog.getByLabel('Option 2', { exact: true }).fill('No');
  await dialog.getByText('Anonymous', { exact: true }).click();
  await dialog.getByText('Hide the result until the end').click();
  await host.person.press(dialog.getByRole('button', { name: 'Ask everyone' }));
  const secret = poll(ann, 'Is it well?');
  await secret.getByText('Yes', { exact: true }).click();
  await secret.getByText('Anonymous: nobody can see who chose what. Your vote is final.').waitFor();
  await ann.person.press(secret.getByRole('button', { name: 'Vote', exact: true }));
  await secret.getByText('1 person has voted · You have voted').waitFor();
  await secret.getByText('The result is shown when the poll is closed.').waitFor();
  expect(await secret.getByText(/%/).count()).toBe(0);
  await host.page.reload();
  await host.knocks();
  await host.isInside();
  await openPanel(host);
  expect(await poll(host, 'Is it well?').getByRole('button', { name: 'Who chose what' }).count()).toBe(0);
  await host.person.press(poll(host, 'Is it well?').getByRole('button', { name: 'Close the poll' }));
  await stands(ann, 'Is it well?', '1 · 100%');
  expect(await barriers(ann.page), 'polls that are over').toEqual([]);

  // After the end they are with the meeting.
  await host.page.keyboard.press('Escape');
  await host.person.press('Leave');
  await host.person.press(host.page.getByRole('menuitem', { name: 'End for everyone' }));
  await host.person.press(
    host.page.getByRole('alertdialog').getByRole('button', { name: 'End for everyone' }),
  );
  await ann.isOut('The meeting has ended');
  await ann.page.goto(link.replace('/meet/', '/meetings/'));
  await stands(ann, 'When do we meet?', '2 people have voted', 'Your vote');
  await stands(ann, 'Is it well?', '1 · 100%');
  expect(await barriers(ann.page), 'the polls of a meeting that is over').toEqual([]);
});

/** As the app keeps it. */
const tokenOf = ({ page }: MeetPerson): Promise<string> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('parley.session') ?? '{}').token as string);
