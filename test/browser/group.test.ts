import { expect, it } from 'vitest';
import type { AppPerson } from '../support/browser-person.ts';
import { connect } from '../support/browser-person.ts';
import { browserWorld } from '../support/browser-world.ts';

const world = browserWorld();

/** Each has a connection to each of the others, sees and hears all of them. */
async function allSeeAndHear(people: readonly AppPerson[]): Promise<void> {
  await Promise.all(people.map((person) => person.status('Connected')));
  await Promise.all(
    people.flatMap((one) => [
      one.hears(people.length - 1),
      ...people.filter((other) => other !== one).map((other) => one.sees(other)),
    ]),
  );
}

it('three people of a group call each other in a mesh, and two go on when one leaves', async () => {
  const [ann, bob, cy] = await world.people(['ann', 'bob', 'cy']);
  await ann.goTo('Groups');
  await ann.press(ann.button('New group').first());
  await ann.page.getByLabel('Group name').fill('Choir');
  const dialog = ann.page.getByRole('dialog', { name: 'New group' });
  for (const { name } of [bob, cy]) await dialog.getByText(name, { exact: true }).click();
  await ann.press(dialog.getByRole('button', { name: 'New group' }));
  await ann.page.getByRole('heading', { name: 'Choir' }).waitFor();

  await ann.press(ann.page.getByRole('main').getByText('Video call', { exact: true }));
  for (const person of [bob, cy]) {
    await person.card.getByText(`${ann.name} is calling the group`).waitFor();
  }
  await Promise.all([bob.answer(), cy.answer()]);
  await allSeeAndHear([ann, bob, cy]);

  await bob.press('Leave call');
  await bob.status('Call ended');
  await Promise.all([ann, cy].map((person) => person.pictureOf(bob).waitFor({ state: 'detached' })));
  await allSeeAndHear([ann, cy]);

  await cy.press(cy.button('Hang up'));
  await Promise.all([ann.status('Call ended'), cy.status('Call ended')]);
  for (const person of [ann, bob, cy]) {
    await person.press('Done');
    await person.goTo('History');
    await person.page
      .getByRole('main')
      .getByText(/^(Outgoing|Incoming) · 0:\d\d$/)
      .first()
      .waitFor();
  }
});

it('a third person who is asked into a call of two sees and hears both', async () => {
  const [ann, bob, cy] = await world.people(['ann', 'bob', 'cy']);
  await connect(ann, bob, 'voice');
  await ann.press('Add people');
  const dialog = ann.page.getByRole('dialog', { name: 'Add people to the call' });
  await dialog.getByText(cy.name, { exact: true }).click();
  await ann.press(dialog.getByRole('button', { name: /^Add/ }).last());
  await cy.isRungBy(ann);
  await cy.answer();
  await Promise.all([ann, bob, cy].map((person) => person.status('Connected')));
  await Promise.all([ann, bob, cy].map((person) => person.hears(2)));
  expect(await cy.page.getByTestId('call-duration').count()).toBe(1);
});
