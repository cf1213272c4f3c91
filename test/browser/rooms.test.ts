import { it } from 'vitest';
import { allSeeAndHear, RoomPerson } from '../support/browser-room.ts';
import { browserWorld } from '../support/browser-world.ts';
import { EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });

const linkTo = (room: string) => `${world.server.url}/rooms/${room}`;

/** New people, each with the app open. */
async function guests<const Names extends readonly string[]>(names: Names) {
  const people = await world.people(names);
  return people.map((person) => new RoomPerson(person)) as { [I in keyof Names]: RoomPerson };
}

/** The first makes a room, and all of them are in it. */
async function together<const Names extends readonly string[]>(room: string, names: Names) {
  const people = (await guests(names)) as unknown as RoomPerson[];
  const [first, ...others] = people;
  await first?.makes(room);
  await first?.joins();
  for (const one of others) {
    await one.opens(linkTo(room));
    await one.joins();
  }
  return people as unknown as { [I in keyof Names]: RoomPerson };
}

it('three people in one room see and hear each other, write, raise hands, and it ends for all at once', async () => {
  const people = await together('weekly', ['ann', 'bob', 'cy']);
  const [ann, bob, cy] = people;
  await allSeeAndHear(people);

  await bob.says('Shall we begin?');
  const chat = await ann.panel('Chat');
  await chat.getByRole('log').getByText('Shall we begin?', { exact: true }).waitFor();
  await ann.says('Yes.');
  await (await bob.panel('Chat')).getByRole('log').getByText('Yes.', { exact: true }).waitFor();
  // Cy has not opened the chat: it is counted.
  await cy.page.getByRole('button', { name: 'Chat, 2 new' }).waitFor();

  await cy.person.press('Raise hand');
  await bob.person.notice('Cy raised a hand');
  const row = (await bob.panel('People')).getByTestId(`person-${cy.uid}`);
  await row.getByText('Hand raised').waitFor({ state: 'attached' });
  await cy.person.press('Lower hand');
  await row.getByText('Hand raised').waitFor({ state: 'detached' });

  await ann.person.press('Leave');
  await ann.page.getByRole('menuitem', { name: 'End for everyone' }).click();
  await ann.page.getByRole('alertdialog').getByRole('button', { name: 'End for everyone' }).click();
  await Promise.all(people.map((one) => one.isOut('The room has ended')));
  await bob.person.press('Back to rooms');
  await bob.page
    .getByRole('main')
    .getByText(/^Ended/)
    .first()
    .waitFor();
});
