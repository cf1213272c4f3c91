import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { meetGuests, meetingLink } from '../support/browser-meet.ts';
import { isUsable } from '../support/browser-usable.ts';
import { browserWorld } from '../support/browser-world.ts';
import { api, EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });

/** Longer than a phone is wide. */
const EVE = 'eve.of-the-department-with-the-longest-name@example-company.example.com';

const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
] as const;

const WORDS = {
  'en-US': {
    invite: 'Invite',
    who: 'Name or e-mail address',
    add: (name: string) => `Add ${name}`,
    drop: (name: string) => `Do not invite ${name}`,
    chosen: 'Will be invited',
    message: /^Message/,
    send: 'Send invitations',
    sent: '3 people invited',
    unknown: 'Nobody is called that. An e-mail address works too.',
    list: 'Invited',
    takeBack: (name: string) => `Take back the invitation of ${name}`,
    takenBack: 'The invitation is taken back',
    calendar: 'Add to calendar',
    join: 'Join',
    people: /^People/,
  },
  'zh-CN': {
    invite: '邀请',
    who: '姓名或邮箱地址',
    add: (name: string) => `添加${name}`,
    drop: (name: string) => `不邀请${name}`,
    chosen: '将要邀请',
    message: /^留言/,
    send: '发送邀请',
    sent: '已邀请 3 人',
    unknown: '没有找到该用户，也可以输入邮箱地址。',
    list: '已邀请',
    takeBack: (name: string) => `撤回对${name}的邀请`,
    takenBack: '邀请已撤回',
    calendar: '添加到日历',
    join: '加入',
    people: /^成员/,
  },
} as const;

it.each(LOOKS)('people are invited by name and address: $locale, $viewport.width', async (look) => {
  const words = WORDS[look.locale];
  const [ann, bob] = await meetGuests(world, ['ann', 'bob'], { ...look, reducedMotion: 'reduce' });
  const { page } = ann;
  const token = await page.evaluate(
    () => JSON.parse(localStorage.getItem('parley.session') ?? '{}').token as string,
  );
  const link = await meetingLink(world, token, { title: 'Plans', start_time: '2030-03-01T10:00:00Z' });
  const id = Number(link.split('/').at(-1));
  const invited = async () => {
    const { body } = await api(world.server, 'GET', `/api/v1/meetings/${id}/invitations`, { token });
    return body.data.invitations as {
      user_id: number | null;
      username: string | null;
      email: string | null;
    }[];
  };
  await page.goto(link.replace('/meet/', '/meetings/'));

  // The file for a calendar.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: words.calendar }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`meeting-${id}.ics`);
  expect(await readFile(await download.path(), 'utf8')).toContain('SUMMARY:Plans\r\n');

  await page.getByRole('button', { name: words.invite, exact: true }).click();
  const dialog = page.getByRole('dialog');
  const who = dialog.getByLabel(words.who);
  await isUsable(page, 'the dialog at first');

  // By a name that is looked for, with the keyboard alone.
  await who.fill('zzz-nobody');
  await dialog.getByText(words.unknown, { exact: true }).waitFor();
  await who.fill(bob.uid);
  await dialog.getByRole('button', { name: words.add(bob.name) }).waitFor();
  await who.press('Enter');
  // By addresses, pasted as other programs have them; one is taken out again.
  await who.fill(`Cid <cid@example.com>, dee@example.com; ${EVE}`);
  await who.press('Enter');
  const chips = dialog.getByRole('grid', { name: words.chosen });
  expect(await chips.getByRole('row').count()).toBe(4);
  const cut = await dialog.evaluate(
    ({ scrollWidth, parentElement }) => scrollWidth - (parentElement?.clientWidth ?? 0),
  );
  expect(cut, 'what is cut off the dialog').toBe(0);
  await chips.getByRole('button', { name: words.drop(EVE) }).click();
  await dialog.getByLabel(words.message).fill('Bring the plans');
  await isUsable(page, 'the dialog with people chosen');
  await dialog.getByRole('button', { name: words.send }).click();
  await page.getByText(words.sent, { exact: true }).waitFor();
  const list = dialog.getByRole('region', { name: words.list });
  await list.getByRole('button', { name: words.takeBack('dee@example.com') }).waitFor();
  expect((await invited()).map(({ username, email }) => username ?? email)).toEqual([
    bob.uid,
    'cid@example.com',
    'dee@example.com',
  ]);
  await isUsable(page, 'the dialog with who is invited');

  await list.getByRole('button', { name: words.takeBack('cid@example.com') }).click();
  await page.getByText(words.takenBack, { exact: true }).waitFor();
  expect((await invited()).map(({ email }) => email)).toEqual([null, 'dee@example.com']);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  // From the stage as well.
  await page.goto(link);
  await page.getByTestId('local-video').waitFor();
  await page.getByRole('button', { name: words.join, exact: true }).click();
  await page.getByRole('button', { name: words.people }).first().click();
  await page.getByRole('complementary').getByRole('button', { name: words.invite, exact: true }).click();
  await dialog.getByRole('button', { name: words.takeBack('dee@example.com') }).waitFor();
  await isUsable(page, 'the dialog over the stage');
});
