import { expect, it } from 'vitest';
import { MeetPerson, meetingLink } from '../support/browser-meet.ts';
import type { Account } from '../support/browser-person.ts';
import { browserWorld } from '../support/browser-world.ts';
import { api, EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });

/** In front of the app. */
const opens = async (account: Account) => new MeetPerson(await world.open(account));

/** The meeting's routes, for whom it takes no page. */
const callsAt = (link: string) => {
  const path = `/api/v1/meetings/${link.split('/').at(-1)}`;
  return (by: Account, method: string, rest: string, body?: object) =>
    api(world.server, method, path + rest, { token: by.token, ...(body ? { body } : {}) });
};

it('a host denies, admits all, and the door says when it is full or locked', async () => {
  const accounts = await world.accounts('hana', 'ann', 'bob', 'cy', 'dan');
  const [hanas, , , cys, dans] = accounts;
  const link = await meetingLink(world, hanas.token, {
    title: 'Committee',
    max_participants: 3,
    settings: { enable_waiting_room: true },
  });
  const call = callsAt(link);
  const [hana, ann, bob] = await Promise.all([opens(hanas), opens(accounts[1]), opens(accounts[2])]);
  await hana.opens(link);
  await hana.knocks();
  await hana.isInside();

  // Three outside: one is not wanted, the others come in together.
  await ann.opens(link);
  await ann.knocks();
  await ann.waits('Waiting to be let in…');
  for (const one of [cys, dans]) expect((await call(one, 'POST', '/join')).body.data.status).toBe('waiting');
  const people = await hana.panel('People');
  await people.getByRole('heading', { name: '3 people waiting' }).waitFor();
  await hana.person.press(people.getByRole('button', { name: `Deny ${ann.name}` }));
  await ann.isOut('The host did not let you in');
  expect(await ann.page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await people.getByRole('heading', { name: '2 people waiting' }).waitFor();
  await hana.person.press(people.getByRole('button', { name: 'Admit all' }));
  await people.getByRole('heading', { name: /waiting/ }).waitFor({ state: 'detached' });
  for (const { uid } of [cys, dans]) await people.getByTestId(`person-${uid}`).waitFor();

  // Three are in and three may be: whoever else comes is told so, until there is a place.
  await call(hanas, 'PUT', '', { settings: { enable_waiting_room: false } });
  await bob.opens(link);
  await bob.knocks();
  await bob.isOut('The meeting is full');
  expect((await call(dans, 'POST', '/leave')).status).toBe(200);
  await people.getByTestId(`person-${dans.uid}`).waitFor({ state: 'detached' });
  await call(hanas, 'POST', '/lock', { locked: true });
  await bob.person.press('Try again');
  await bob.knocks();
  await bob.isOut('The meeting is locked');
  await call(hanas, 'POST', '/lock', { locked: false });
  await bob.person.press('Try again');
  await bob.knocks();
  await bob.isInside();
});

it('a host mutes somebody and hands the meeting over, and the new one runs it to its end', async () => {
  const accounts = await world.accounts('hugo', 'ida');
  const link = await meetingLink(world, accounts[0].token, { title: 'Handover' });
  const [hugo, ida] = await Promise.all([opens(accounts[0]), opens(accounts[1])]);
  for (const one of [hugo, ida]) {
    await one.opens(link);
    await one.knocks();
    await one.isInside();
  }
  await hugo.does(`Mute ${ida.name}`, ida);
  await hugo.person.press(hugo.page.getByRole('alertdialog').getByRole('button', { name: 'Mute' }));
  await ida.page.getByText(`${hugo.name} muted you`).first().waitFor();
  await ida.person.button('Unmute').waitFor();
  const { participants } = (await callsAt(link)(accounts[1], 'GET', '/participants')).body.data;
  expect(participants).toMatchObject([{ audio: true }, { audio: false, video: true }]);

  await hugo.does(`Hand the meeting over to ${ida.name}`, ida);
  const sure = hugo.page.getByRole('alertdialog', { name: `Hand the meeting over to ${ida.name}?` });
  await hugo.person.press(sure.getByRole('button', { name: 'Hand over' }));
  await ida.page.getByText('You are the host now').first().waitFor();
  await hugo.page.getByText('You are a moderator now').first().waitFor();
  const rows = await hugo.panel('People');
  await rows.getByTestId(`person-${ida.uid}`).getByText('Host', { exact: true }).waitFor();
  await rows.getByTestId(`person-${hugo.uid}`).getByText('Moderator', { exact: true }).waitFor();
  // Who has handed it over ends nothing any more.
  expect((await callsAt(link)(accounts[0], 'POST', '/end')).status).toBe(403);

  await ida.person.press('Leave');
  await ida.person.press(ida.page.getByRole('menuitem', { name: 'End for everyone' }));
  await ida.person.press(ida.page.getByRole('alertdialog').getByRole('button', { name: 'End for everyone' }));
  for (const one of [hugo, ida]) await one.isOut('The meeting has ended');
});
