import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { meetGuests, meetingLink } from '../support/browser-meet.ts';
import { isUsable } from '../support/browser-usable.ts';
import { browserWorld } from '../support/browser-world.ts';
import { api, EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });

const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 360, height: 640 } },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
] as const;

const WORDS = {
  'en-US': {
    join: 'Join',
    password: 'Password',
    wrong: 'Wrong password',
    wait: 'Waiting to be let in…',
    denied: 'The host did not let you in',
    knocked: (name: string) => `${name} waits to be let in`,
    people: /^People/,
    chat: /^Chat/,
    info: 'About this meeting',
    controls: 'Meeting controls',
    ended: 'The meeting has ended',
  },
  'zh-CN': {
    join: '加入',
    password: '密码',
    wrong: '密码不正确',
    wait: '等待主持人同意…',
    denied: '主持人未同意你加入',
    knocked: (name: string) => `${name} 等待加入`,
    people: /^成员/,
    chat: /^聊天/,
    info: '会议信息',
    controls: '会议控制',
    ended: '会议已结束',
  },
} as const;

it.each(LOOKS)('meetings can be used: $locale, $colorScheme, $viewport.width', async (look) => {
  const words = WORDS[look.locale];
  const [boss, cy] = await world.accounts('boss', 'cy');
  // Without motion, for colours on their way are nobody's to judge.
  const [ann] = await meetGuests(world, ['ann'], { ...look, reducedMotion: 'reduce' });
  const { page } = ann;
  const post = (path: string, token: string, body: object = {}) =>
    api(world.server, 'POST', path, { token, body });

  // Somebody else's: the password, the wait, the refusal.
  const link = await meetingLink(world, boss.token, {
    title: 'Quarterly review',
    password: 'Meet-2026',
    start_time: '2030-03-01T10:00:00Z',
    settings: { enable_waiting_room: true, mute_on_join: true },
  });
  const number = Number(link.split('/').at(-1));
  const path = `/api/v1/meetings/${number}`;
  await post(`${path}/join`, boss.token);
  await ann.opens(link);
  await page.getByTestId('local-video').waitFor();
  const field = page.getByLabel(words.password, { exact: true });
  await field.fill('not-this-one');
  await isUsable(page, 'the door with a password');
  await page.getByRole('button', { name: words.join, exact: true }).click();
  await page.getByText(words.wrong, { exact: true }).first().waitFor();
  await isUsable(page, 'the door with a wrong password');
  await field.fill('Meet-2026');
  await field.press('Enter');
  await page.getByRole('main').getByText(words.wait, { exact: true }).waitFor();
  await isUsable(page, 'the waiting room');
  const me = (await api(world.server, 'GET', '/api/v1/users/profile', { token: await tokenOf(page) })).body
    .data;
  await api(world.server, 'DELETE', `${path}/participants/${me.user_id}`, { token: boss.token });
  await ann.isOut(words.denied);
  await isUsable(page, 'the page of who was not let in');

  // One's own: who waits, the panels, the end.
  const own = await meetingLink(world, await tokenOf(page), {
    title: 'Stand-up',
    description: 'What was done, what is next, what is in the way.',
    settings: { enable_waiting_room: true },
  });
  await page.goto(own);
  await page.getByTestId('local-video').waitFor();
  await isUsable(page, 'the door of one’s own');
  await page.getByRole('button', { name: words.join, exact: true }).click();
  await page.getByRole('toolbar', { name: words.controls }).waitFor();
  await isUsable(page, 'a meeting with nobody else');
  const mine = `/api/v1/meetings/${own.split('/').at(-1)}`;
  await post(`${mine}/join`, cy.token);
  await page.getByRole('status').getByText(words.knocked(cy.name), { exact: true }).waitFor();
  await post(`${mine}/messages`, await tokenOf(page), { content: 'Good morning' });
  await isUsable(page, 'a meeting with somebody outside');
  for (const panel of [words.people, words.chat]) {
    await page.getByRole('button', { name: panel }).first().click();
    await page.getByRole('complementary').waitFor();
    await isUsable(page, `the panel ${panel}`);
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('KeyI');
  await page.getByRole('complementary', { name: words.info }).waitFor();
  await isUsable(page, 'the panel about the meeting');
  await post(`${mine}/end`, await tokenOf(page));
  await ann.isOut(words.ended);
  await isUsable(page, 'the page of a meeting that has ended');
});

/** As the app keeps it. */
const tokenOf = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('parley.session') ?? '{}').token as string);
