import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { type MeetPerson, meetGuests, meetingLink } from '../support/browser-meet.ts';
import { allSeeAndHear } from '../support/browser-room.ts';
import { isUsable } from '../support/browser-usable.ts';
import { browserWorld } from '../support/browser-world.ts';
import { api, EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });

const tokenOf = ({ page }: MeetPerson): Promise<string> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('parley.session') ?? '{}').token as string);
const isIn = ({ page }: MeetPerson, room: string) =>
  page.getByRole('heading', { level: 1, name: room }).waitFor();
const notice = ({ page }: MeetPerson): Locator => page.getByTestId('breakout-notice');
it('breakout rooms: two people in two rooms and their host in between, each with those of the room alone, and back', async () => {
  const [host, ann, bob] = await meetGuests(world, ['hana', 'ann', 'bob'], { reducedMotion: 'reduce' });
  const all = [host, ann, bob];
  const link = await meetingLink(world, await tokenOf(host), { title: 'Weekly' });
  for (const one of all) {
    await one.opens(link);
    await one.knocks();
    await one.isInside();
  }
  await allSeeAndHear(all);

  // Placed by hand and opened; each is asked, and one goes at once.
  const more = host.page.getByRole('toolbar', { name: 'Meeting controls' });
  await host.person.press(more.getByRole('button', { name: 'More', exact: true }).first());
  await host.person.press(host.page.getByRole('menuitem', { name: 'Breakout rooms' }));
  const panel = host.page.getByRole('complementary', { name: 'Breakout rooms' });
  await panel.getByText('Place people by hand').click();
  await panel.getByLabel('Name of room 2').fill('Quiet corner');
  for (const [who, room] of [
    [ann, 'Room 1'],
    [bob, 'Quiet corner'],
  ] as const) {
    await host.person.press(panel.getByTestId(`place-${who.uid}`).getByRole('button'));
    await host.person.press(host.page.getByRole('option', { name: room, exact: true }));
  }
  await isUsable(host.page, 'the rooms before they are open');
  await host.person.press(panel.getByRole('button', { name: 'Open the rooms' }));
  const asked = ann.page.getByRole('alertdialog', { name: 'You are asked to Room 1' });
  await asked.waitFor();
  await isUsable(ann.page, 'the way into a room');
  await ann.person.press(asked.getByRole('button', { name: 'Go to Room 1' }));
  await isIn(ann, 'Room 1');
  await notice(ann).getByText('Breakout room: Room 1').waitFor();
  expect(await ann.pictureOf(bob).count()).toBe(0);
  await isUsable(ann.page, 'a room');
  // Whoever does nothing goes by themselves.
  await isIn(bob, 'Quiet corner');

  // Help is asked for, and comes; the other room knows nothing of it.
  await ann.person.press('Ask for help');
  const help = host.page.getByTestId('breakout-help');
  await help.getByText(`${ann.name} asks for help in Room 1`).waitFor();
  await isUsable(host.page, 'the rooms while they are open');
  await host.person.press(help.getByRole('button', { name: 'Visit Room 1' }));
  await isIn(host, 'Room 1');
  await allSeeAndHear([host, ann]);
  expect(await bob.pictureOf(ann).count()).toBe(0);
  await ann.says('Only for Room 1');

  // To all rooms, and somebody to the other one: they come over by themselves.
  await host.person.press(notice(host).getByRole('button', { name: 'Show' }));
  await panel.getByLabel('Message to all rooms').fill('Five minutes more');
  await host.person.press(panel.getByRole('button', { name: 'Send to all rooms' }));
  const chat = await bob.panel('Chat');
  await chat.getByRole('log').getByText('Five minutes more', { exact: true }).waitFor();
  expect(await chat.getByText('Only for Room 1').count()).toBe(0);
  await host.person.press(panel.getByRole('button', { name: new RegExp(`${ann.name}`) }));
  await host.person.press(host.page.getByRole('option', { name: 'Quiet corner', exact: true }));
  await isIn(ann, 'Quiet corner');
  await allSeeAndHear([ann, bob]);
  expect(await host.pictureOf(ann).count()).toBe(0);

  // All are told, and are back by themselves.
  await host.person.press(panel.getByRole('button', { name: 'Close the rooms' }));
  await notice(bob)
    .getByText(/The breakout rooms close in/)
    .waitFor();
  await host.person.press(panel.getByRole('button', { name: 'Close now' }));
  for (const one of all) await isIn(one, 'Weekly');
  await bob.page.getByText('The breakout rooms are closed').first().waitFor();
  await allSeeAndHear(all);
  expect(await notice(ann).count()).toBe(0);
});

it('on a phone, in Chinese, in the dark: one’s own choice of a room, the way back, and the meeting’s end', async () => {
  const [boss] = await world.accounts('boss');
  const look = {
    locale: 'zh-CN',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  } as const;
  const [ann] = await meetGuests(world, ['ann'], look);
  const { page } = ann;
  const link = await meetingLink(world, boss.token, { title: '周会' });
  const path = `/api/v1/meetings/${link.split('/').at(-1)}`;
  const post = (rest: string, body: object = {}) =>
    api(world.server, 'POST', path + rest, { token: boss.token, body });
  await post('/join');
  await ann.opens(link);
  await page.getByTestId('local-video').waitFor();
  await page.getByRole('button', { name: '加入', exact: true }).click();
  await page.getByRole('toolbar', { name: '会议控制' }).waitFor();
  await post('/breakouts', { rooms: [{ name: '第一组' }, { name: '第二组' }], assign: 'free', minutes: 5 });
  await notice(ann).getByRole('button', { name: '选择讨论室' }).click();
  const panel = page.getByRole('complementary', { name: '分组讨论' });
  await panel.getByRole('button', { name: '前往 第二组' }).waitFor();
  await isUsable(page, 'the choice of a room');
  await panel.getByRole('button', { name: '前往 第二组' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: '第二组' }).waitFor();
  await notice(ann)
    .getByText(/\d+:\d\d 后结束/)
    .waitFor();
  await isUsable(page, 'a room on a phone');
  await notice(ann).getByRole('button', { name: '返回主会场' }).click();
  await page.getByRole('heading', { level: 1, name: '周会' }).waitFor();
  await notice(ann).getByRole('button', { name: '前往', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '第二组' }).waitFor();
  await post('/end');
  await ann.isOut('会议已结束');
});
