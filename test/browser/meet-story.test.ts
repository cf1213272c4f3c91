import { expect, it } from 'vitest';
import { meetGuests, meetingLink } from '../support/browser-meet.ts';
import { allSeeAndHear } from '../support/browser-room.ts';
import { browserWorld } from '../support/browser-world.ts';
import { api, EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });
const SECRET = 'Meet-2026';

it('a meeting from its plan to its history: password, waiting room, everybody seen and heard, chat, roles, removal, end', async () => {
  const [host, ann, bob] = await meetGuests(world, ['hana', 'ann', 'bob']);
  const { page } = host;
  await page.goto(`${world.server.url}/meetings`);
  await host.person.press(host.person.button('Schedule').first());
  const dialog = page.getByRole('dialog', { name: 'Schedule a meeting' });
  await dialog.getByLabel('Title').fill('Weekly');
  await dialog.getByLabel(/^Password/).fill(SECRET);
  await dialog.getByText('Waiting room').click();
  await host.person.press(dialog.getByRole('button', { name: 'Schedule' }));
  await page.getByRole('heading', { level: 1, name: 'Weekly' }).waitFor();
  const link = page.url().replace('/meetings/', '/meet/');

  // Two guests by the link: the password first, then the wait, while the host is not there yet.
  await ann.opens(link);
  await ann.knocks('not-this-one');
  await ann.page.getByText('Wrong password', { exact: true }).first().waitFor();
  await ann.knocks(SECRET);
  await ann.waits('Waiting for the host…');
  await ann.page.getByRole('heading', { level: 1, name: 'Weekly' }).waitFor();
  await host.person.press('Join');
  await page.getByTestId('local-video').waitFor();
  await host.joins();
  await ann.waits('Waiting to be let in…');
  await bob.opens(link);
  await bob.knocks(SECRET);
  await bob.waits('Waiting to be let in…');

  // The host sees both knocks, lets one in from the list and all who are left over the stage.
  await page.getByText('2 people waiting', { exact: true }).waitFor();
  const people = await host.panel('People');
  await host.person.press(people.getByRole('button', { name: `Admit ${ann.name}` }));
  await ann.isInside();
  await people.getByTestId(`waiting-${ann.uid}`).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await host.person.press('Admit');
  await bob.isInside();
  await allSeeAndHear([host, ann, bob]);

  await ann.says('Good morning');
  await (await host.panel('Chat')).getByRole('log').getByText('Good morning', { exact: true }).waitFor();
  await bob.person.press('Raise hand');
  await host.page.getByText(`${bob.name} raised a hand`).first().waitFor();

  await host.does(`Make ${ann.name} a moderator`, ann);
  await ann.page.getByText('You are a moderator now').first().waitFor();
  await ann.does(`Mute ${bob.name}`, bob);
  await ann.person.press(ann.page.getByRole('alertdialog').getByRole('button', { name: 'Mute' }));
  await bob.page.getByText(`${ann.name} muted you`).first().waitFor();
  await bob.person.button('Unmute').waitFor();

  await host.does(`Remove ${bob.name}`, bob);
  await host.person.press(host.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }));
  await bob.isOut('You were removed');
  await host.pictureOf(bob).waitFor({ state: 'detached' });
  await ann.pictureOf(bob).waitFor({ state: 'detached' });

  await host.person.press('Leave');
  await host.person.press(page.getByRole('menuitem', { name: 'End for everyone' }));
  await host.person.press(page.getByRole('alertdialog').getByRole('button', { name: 'End for everyone' }));
  for (const one of [host, ann]) {
    await one.isOut('The meeting has ended');
    await one.page.getByText(/^You were here for \d+:\d\d$/).waitFor();
  }
  for (const one of [host, ann]) {
    await one.person.press('Back to meetings');
    await one.person.press(one.page.getByRole('tab', { name: 'Past' }));
    await one.page.getByRole('link', { name: /Weekly/ }).waitFor();
  }
  await page.getByRole('link', { name: /Weekly/ }).click();
  await page.getByText('Ended', { exact: true }).waitFor();
  expect(await page.getByText(ann.name, { exact: true }).count()).toBe(1);
});

it('what is off is not offered, who joins muted is muted, a lock keeps out who is new and nobody else', async () => {
  const [boss, cy] = await world.accounts('boss', 'cy');
  const [ann] = await meetGuests(world, ['ann']);
  const { page } = ann;
  const link = await meetingLink(world, boss.token, {
    title: 'All hands',
    meeting_type: 'audio',
    settings: { enable_chat: false, enable_screen_share: false, mute_on_join: true },
  });
  const path = `/api/v1/meetings/${link.split('/').at(-1)}`;
  const post = (rest: string, token: string, body: object = {}) =>
    api(world.server, 'POST', path + rest, { token, body });
  await post('/join', boss.token);
  await ann.opens(link);
  await page.getByText('This meeting has sound only').waitFor();
  await page.getByRole('meter').waitFor();
  await ann.person.press('Join');
  await ann.isInside();
  await page.getByText('You joined muted').first().waitFor();
  await ann.person.button('Unmute').waitFor();
  const bar = page.getByRole('toolbar', { name: 'Meeting controls' });
  for (const name of ['Turn camera on', 'Turn camera off', 'Share screen', 'React'])
    expect(await bar.getByRole('button', { name, exact: true }).count(), name).toBe(0);
  expect(await page.getByRole('button', { name: /^Chat/ }).count()).toBe(0);
  await page.keyboard.press('KeyC');
  await page.keyboard.press('KeyP');
  await page.getByRole('complementary', { name: 'People, 2 here' }).waitFor();
  expect(await page.getByRole('button', { name: 'Mute everyone' }).count()).toBe(0);
  await ann.person.press('Unmute');
  await ann.person.button('Mute').waitFor();

  // A moderator now: what they may do is there at once, and so is the chat.
  await api(world.server, 'PUT', `${path}/participants/${await idOf(ann.uid)}/role`, {
    token: boss.token,
    body: { role: 'moderator' },
  });
  await page.getByText('You are a moderator now').first().waitFor();
  await page.getByRole('button', { name: 'Mute everyone' }).waitFor();
  await page.getByRole('button', { name: /^Chat/ }).first().waitFor();
  await page.keyboard.press('Escape');
  await ann.person.press(bar.getByRole('button', { name: 'More', exact: true }).first());
  await ann.person.press(page.getByRole('menuitem', { name: 'Lock the meeting' }));
  await page.getByText('Nobody new comes in').first().waitFor();
  expect((await post('/join', cy.token)).status).toBe(403);
  const person = await world.open(cy);
  await person.page.goto(link);
  await person.page.getByRole('meter').waitFor();
  await person.press('Join');
  await person.page.getByRole('heading', { level: 1, name: 'The meeting is locked' }).waitFor();

  await ann.person.press('Leave');
  await ann.isOut('You left the meeting');
  expect(await (await post('/end', boss.token)).status).toBe(200);
  await ann.person.press('Rejoin');
  await ann.isOut('The meeting has ended');
});

const idOf = async (uid: string): Promise<number> => (await world.server.app.people.get(uid)).id;
