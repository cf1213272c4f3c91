import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { barriers } from '../support/browser-axe.ts';
import { MeetPerson, meetGuests, meetingLink } from '../support/browser-meet.ts';
import { AppPerson } from '../support/browser-person.ts';
import { allSeeAndHear } from '../support/browser-room.ts';
import { browserWorld } from '../support/browser-world.ts';
import { api, EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });
const SECRET = 'Meet-2026';
const OPEN = { allow_guests: true };

/** The one whom this tab has come as. */
const guestIn = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('parley.guest') ?? '{}').uid);

it('somebody without an account comes by the link, is seen and heard, chats, reloads, and is taken out', async () => {
  const [host] = await meetGuests(world, ['hana']);
  await host.page.goto(`${world.server.url}/meetings`);
  await host.person.press(host.person.button('Schedule').first());
  const dialog = host.page.getByRole('dialog', { name: 'Schedule a meeting' });
  await dialog.getByLabel('Title').fill('Open day');
  await dialog.getByLabel(/^Password/).fill(SECRET);
  await dialog.getByText('People without an account may join by the link').click();
  await host.person.press(dialog.getByRole('button', { name: 'Schedule' }));
  await host.page.getByRole('heading', { level: 1, name: 'Open day' }).waitFor();
  await host.page.getByText('People without an account may join by the link').waitFor();
  const link = host.page.url().replace('/meetings/', '/meet/');
  await host.person.press('Join');
  await host.joins();

  // The title is for those who know the password.
  const page = await world.browser.open('gus');
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'Join the meeting' }).waitFor();
  expect(await page.getByText('Open day').count()).toBe(0);
  const enter = () => page.getByRole('button', { name: 'Continue as a guest' }).click();
  await enter();
  await page.getByText('Enter a name of at most 64 characters').waitFor();
  await page.getByText('Enter the password of the meeting').waitFor();
  await page.getByLabel('Your name').fill('Gus');
  await page.getByLabel('Password', { exact: true }).fill('not-this-one');
  await enter();
  await page.getByText('Wrong password').first().waitFor();
  await page.getByLabel('Password', { exact: true }).fill(SECRET);
  await enter();
  await page.getByTestId('local-video').waitFor();
  const guest = new MeetPerson(new AppPerson(page, await guestIn(page), 'Gus'));
  await guest.joins();
  await allSeeAndHear([host, guest]);

  await guest.says('Hello from the link');
  const log = (await host.panel('Chat')).getByRole('log');
  await log.getByText('Hello from the link', { exact: true }).waitFor();
  await host.page.keyboard.press('Escape');

  // Again in the same tab is the same person, without the password.
  await page.reload();
  await guest.joins();
  await guest.sees(host);

  const people = await host.panel('People');
  await people.getByTestId(`person-${guest.uid}`).getByText('Guest', { exact: true }).waitFor();
  await host.person.press(people.getByRole('button', { name: 'More actions for Gus' }));
  await host.page.getByRole('menuitem', { name: 'Remove Gus' }).waitFor();
  expect(await host.page.getByRole('menuitem', { name: 'Make Gus a moderator' }).count()).toBe(0);
  await host.person.press(host.page.getByRole('menuitem', { name: 'Remove Gus' }));
  await host.person.press(host.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }));
  await guest.isOut('You were removed');
  await host.pictureOf(guest).waitFor({ state: 'detached' });
  expect(await page.getByRole('navigation').count()).toBe(0);
  await guest.person.press('Sign in');
  await page.getByLabel('Username').waitFor();

  // The first account is the administrator, who sees guests where they are asked for.
  await host.page.goto(`${world.server.url}/admin/users`);
  await host.page.getByText('Hana', { exact: true }).first().waitFor();
  expect(await host.page.getByText('Gus', { exact: true }).count()).toBe(0);
  await host.page.getByRole('button', { name: /Status/ }).click();
  await host.page.getByRole('option', { name: 'Guests of meetings' }).click();
  await host.page.getByText('Gus', { exact: true }).waitFor();
  await host.person.press('Actions for Gus');
  await host.page.getByRole('menuitem', { name: 'Delete' }).waitFor();
  expect(await host.page.getByRole('menuitem').count()).toBe(2);
});

it('a guest waits to be let in, is thanked at the end, and signs in where no guests come', async () => {
  const [host] = await world.accounts('boss');
  const link = await meetingLink(world, host.token, {
    title: 'Reception',
    settings: { ...OPEN, enable_waiting_room: true },
  });
  const path = `/api/v1/meetings/${link.split('/').at(-1)}`;
  const post = (rest: string, body: object = {}) =>
    api(world.server, 'POST', path + rest, { token: host.token, body });
  await post('/join');
  const page = await world.browser.open('ida');
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'Join “Reception”' }).waitFor();
  await page.getByLabel('Your name').fill('Ida');
  await page.getByRole('button', { name: 'Continue as a guest' }).click();
  await page.getByTestId('local-video').waitFor();
  const guest = new MeetPerson(new AppPerson(page, await guestIn(page), 'Ida'));
  await guest.knocks();
  await guest.waits('Waiting to be let in…');
  await post('/participants', { user_id: (await world.server.app.store.read.users.byUid(guest.uid))?.id });
  await guest.isInside();
  await post('/end');
  await guest.isOut('The meeting has ended');
  await page.getByText('Thank you for coming, Ida.').waitFor();

  await page.goto(await meetingLink(world, host.token, { title: 'For members' }));
  await page.getByLabel('Username').waitFor();
  expect(new URL(page.url()).pathname).toBe('/login');
});

const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 390, height: 844 }, name: 'Your name' },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 1440, height: 900 }, name: '你的姓名' },
] as const;

it.each(LOOKS)(
  'the guests’ page can be used: $locale, $colorScheme, $viewport.width',
  async ({ name, ...look }) => {
    const [host] = await world.accounts('ruth');
    const link = await meetingLink(world, host.token, {
      title: 'Quarterly review',
      start_time: '2030-03-01T10:00:00Z',
      meeting_type: 'audio',
      settings: OPEN,
    });
    const page = await world.browser.open('eve', { ...look, reducedMotion: 'reduce' });
    await page.goto(link);
    await page.getByLabel(name).waitFor();
    const isUsable = async (screen: string) => {
      const wider = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(wider, `the width of ${screen}`).toBeLessThanOrEqual(0);
      expect(await barriers(page), screen).toEqual([]);
    };
    await isUsable('the door for guests');
    const submit = page.locator('button[type="submit"]');
    await submit.click();
    await page.getByLabel(name).and(page.locator('[aria-invalid="true"]')).waitFor();
    await isUsable('a missing name');
    await api(world.server, 'DELETE', `/api/v1/meetings/${link.split('/').at(-1)}`, { token: host.token });
    await page.getByLabel(name).fill('Eve');
    await submit.click();
    await submit.waitFor({ state: 'detached' });
    await isUsable('a meeting that is over');
  },
);
