import { expect, it } from 'vitest';
import { PASSWORD } from '../support/browser-person.ts';
import { allSeeAndHear, linkTo, roomGuests, together } from '../support/browser-room.ts';
import { roomsWorld } from '../support/browser-world.ts';
import { waitFor } from '../support/wait-for.ts';

const world = roomsWorld();

it('three people in one room see and hear each other, write, raise hands, and it ends for all at once', async () => {
  const people = await together(world, 'weekly', ['ann', 'bob', 'cy']);
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

it('whoever made the room mutes somebody, who may unmute, and takes somebody out', async () => {
  const [ann, bob] = await together(world, 'hosted', ['ann', 'bob']);
  await allSeeAndHear([ann, bob]);
  await ann.does(`Mute ${bob.name}`, bob);
  await ann.page.getByRole('alertdialog').getByRole('button', { name: 'Mute', exact: true }).click();
  await bob.person.notice(`${ann.name} muted you`);
  await bob.person.button('Unmute').waitFor();
  await (await ann.panel('People')).getByTestId(`person-${bob.uid}`).getByText(', muted').waitFor({
    state: 'attached',
  });
  await bob.person.press('Unmute');
  await ann.hears(1);

  // The one who did not make the room is offered nothing of the kind.
  const people = await bob.panel('People');
  await bob.person.press(
    people.getByTestId(`person-${ann.uid}`).getByRole('button', { name: `More actions for ${ann.name}` }),
  );
  const offered = await bob.page.getByRole('menuitem').allInnerTexts();
  expect(offered).toEqual([`Pin ${ann.name}`]);
  await bob.page.keyboard.press('Escape');

  await ann.does(`Remove ${bob.name}`, bob);
  await ann.page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await bob.isOut('You were removed');
  await ann.pictureOf(bob).waitFor({ state: 'detached' });
});

it('a shared screen is large for the others and whole, a pin takes its place, and its end gives the grid back', async () => {
  const [ann, bob] = await together(world, 'shared', ['ann', 'bob']);
  await bob.sees(ann);
  await ann.person.press('Share screen');
  const screen = bob.page.getByTestId(`screen-${ann.uid}`);
  await screen.waitFor();
  expect(await screen.evaluate((video) => getComputedStyle(video).objectFit)).toBe('contain');
  const width = (locator: typeof screen) =>
    locator.evaluate((element) => element.getBoundingClientRect().width);
  await waitFor(async () => (await width(screen)) > 3 * (await width(bob.pictureOf(ann))), {
    reason: 'the screen to be large beside the face',
  });
  // One's own screen is a card: its picture would show itself.
  expect(await ann.page.getByTestId(`screen-${ann.uid}`).count()).toBe(0);
  await ann.page.getByText('You are sharing your screen').first().waitFor();

  await bob.pictureOf(ann).hover();
  await bob.person.press(`Pin ${ann.name}`);
  await waitFor(async () => (await width(bob.pictureOf(ann))) > 3 * (await width(screen)), {
    reason: 'the pinned face to be large beside the screen',
  });
  await ann.person.press('Stop sharing');
  await screen.waitFor({ state: 'detached' });
});

it('a signalling connection that breaks is made again without anybody losing sight of the other', async () => {
  const [ann, bob] = await together(world, 'broken', ['ann', 'bob']);
  await allSeeAndHear([ann, bob]);
  const closed = await ann.page.evaluate(() => {
    const lines = kept.sockets.filter(({ url, readyState }) => url.includes('/rtc') && readyState === 1);
    for (const line of lines) line.close();
    return lines.length;
  });
  expect(closed).toBe(1);
  await waitFor(
    () =>
      ann.page.evaluate(
        () =>
          kept.sockets.filter(({ url, readyState }) => url.includes('/rtc') && readyState === 1).length === 1,
      ),
    { reason: 'a new signalling connection', timeoutMs: 20_000 },
  );
  await waitFor(async () => (await ann.page.getByTestId('room').getAttribute('data-link')) === 'good', {
    reason: 'the room to be whole again',
    timeoutMs: 20_000,
  });
  await allSeeAndHear([ann, bob]);
  await bob.says('Still there?');
  await (await ann.panel('Chat')).getByRole('log').getByText('Still there?').waitFor();
});

it('a page that is loaded again stands before the door, and comes back in', async () => {
  const [ann, bob] = await together(world, 'reloaded', ['ann', 'bob']);
  await allSeeAndHear([ann, bob]);
  await bob.page.reload();
  await bob.joins();
  await allSeeAndHear([ann, bob]);
});

it('a link to a room asks a stranger to sign in first, and then opens the room', async () => {
  const [ann, bob] = await roomGuests(world, ['ann', 'bob']);
  await ann.makes('open-door');
  await ann.joins();
  const page = await world.browser.open('bob at another desk');
  await page.goto(linkTo(world, 'open-door'));
  await page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor();
  await page.getByLabel('Username').fill(bob.uid);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'open-door' }).waitFor();
  await page.getByTestId('local-video').waitFor();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await ann.sees(bob);
});

it('a name that is taken, a room that is full, gone or over: each is said', async () => {
  const [ann, bob, cy] = await roomGuests(world, ['ann', 'bob', 'cy']);
  await ann.makes('two-only', { places: '2 people' });
  await ann.joins();

  await bob.person.goTo('Rooms');
  await bob.person.press(bob.person.button('New room').first());
  const dialog = bob.page.getByRole('dialog', { name: 'New room' });
  await dialog.getByLabel('Room name').fill('two-only');
  await bob.person.press(dialog.getByRole('button', { name: 'New room' }));
  await dialog.getByText('This name is taken').waitFor();
  await bob.person.press('Close');

  await bob.opens(linkTo(world, 'two-only'));
  await bob.joins();
  await cy.opens(linkTo(world, 'two-only'));
  await cy.page.getByTestId('local-video').waitFor();
  await cy.person.press('Join');
  await cy.isOut('The room is full');
  await cy.opens(linkTo(world, 'nowhere'));
  await cy.isOut('There is no such room');

  // A room for two is over when one of them leaves.
  await bob.person.press('Leave');
  await bob.isOut('You left the room');
  await ann.isOut('The room has ended');
  await bob.opens(linkTo(world, 'two-only'));
  await bob.isOut('The room has ended');
});

it('somebody asked in finds the room in the list, and comes in without camera and microphone', async () => {
  const [ann, bob] = await roomGuests(world, ['ann', 'bob']);
  await ann.makes('asked', { invite: [bob] });
  await ann.joins();
  await (await ann.panel('People')).getByText(bob.name, { exact: true }).waitFor();
  await bob.person.goTo('Rooms');
  await bob.page.getByRole('main').getByText('You are invited').waitFor();
  await bob.page.getByRole('main').getByRole('link', { name: /asked/ }).click();
  await bob.page.getByTestId('local-video').waitFor();
  await bob.person.press('Mute');
  await bob.person.press('Turn camera off');
  await bob.person.press('Join to listen');
  await bob.isInside();
  await bob.sees(ann);
  await bob.hears(1);
  expect(await ann.pictureOf(bob).count()).toBe(0);
  await bob.person.press('Turn camera on');
  await ann.sees(bob);
});
