import { expect, it } from 'vitest';
import { isUsable } from '../support/browser-usable.ts';
import { browserWorld } from '../support/browser-world.ts';
import { api } from '../support/server.ts';

const world = browserWorld();

const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
] as const;

const WORDS = {
  'en-US': {
    schedule: 'Schedule',
    title: 'Title',
    start: 'Begins',
    repeats: /Repeats/,
    mark: /· Repeats$/,
    weekly: 'Every week on chosen days',
    wednesday: 'Wed',
    ends: /Stops repeating/,
    onDay: 'On a day',
    lastDay: 'Last day',
    sentence: 'Every Monday and Wednesday at 10:00 AM, until March 28, 2040',
    daily: 'Every day',
    everyDay: 'Every day at 10:00 AM, until March 28, 2040',
    edit: 'Edit meeting',
    one: 'This one only',
    allEdit: 'All that are to come',
    save: 'Save',
    cancel: 'Cancel meeting',
    following: 'This one and all after it',
  },
  'zh-CN': {
    schedule: '预定会议',
    title: '标题',
    start: '开始时间',
    repeats: /(?<!停止)重复$/,
    mark: /· 重复$/,
    weekly: '每周的指定日子',
    wednesday: '周三',
    ends: /停止重复/,
    onDay: '到某一天',
    lastDay: '最后一天',
    sentence: '每星期一和星期三 10:00，直到 2040年3月28日',
    daily: '每天',
    everyDay: '每天 10:00，直到 2040年3月28日',
    edit: '编辑会议',
    one: '仅这一次',
    allEdit: '所有未来的会议',
    save: '保存',
    cancel: '取消会议',
    following: '这一次及之后的会议',
  },
} as const;

it.each(LOOKS)(
  'a meeting repeats: planned, changed and cancelled: $locale, $viewport.width',
  async (look) => {
    const words = WORDS[look.locale];
    const [ann] = await world.accounts('ann');
    const { page } = await world.open(ann, {
      ...look,
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    });
    const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    const inDialog = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
    const choose = async (label: RegExp, option: string) => {
      await dialog.getByRole('button', { name: label }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };

    await page.goto(`${world.server.url}/meetings`);
    await press(words.schedule);
    await dialog.getByLabel(words.title).fill('Sync');
    await dialog.getByLabel(words.start).fill('2040-03-05T10:00');
    await choose(words.repeats, words.weekly);
    await dialog.getByRole('button', { name: words.wednesday, exact: true }).click();
    await choose(words.ends, words.onDay);
    await dialog.getByLabel(words.lastDay).fill('2040-03-28');
    await dialog.getByText(words.sentence, { exact: true }).waitFor();
    await isUsable(page, 'the editor of what repeats');
    await inDialog(words.schedule);

    await page.getByRole('heading', { level: 1, name: 'Sync' }).waitFor();
    await page.getByText(words.sentence, { exact: true }).waitFor();
    await isUsable(page, 'one of what repeats');
    const meetings = async () => {
      const { body } = await api(world.server, 'GET', '/api/v1/my/meetings?from=2040-01-01', {
        token: ann.token,
      });
      const rows: { title: string; status: string; start_time: string }[] = body.data.meetings;
      return rows.map(({ title, status, start_time }) => `${start_time} ${title} ${status}`).sort();
    };
    expect(await meetings()).toEqual([
      '2040-03-05T09:00:00Z Sync scheduled',
      '2040-03-07T09:00:00Z Sync scheduled',
      '2040-03-12T09:00:00Z Sync scheduled',
    ]);

    await page.goto(`${world.server.url}/meetings`);
    await page.getByText(words.mark).first().waitFor();
    await isUsable(page, 'the list of what repeats');
    await page.getByText(words.mark).first().click();

    await press(words.edit);
    await dialog.getByText(words.one).waitFor();
    await isUsable(page, 'which of what repeats');
    await inDialog(words.edit);
    await dialog.getByLabel(words.title).fill('Special');
    await inDialog(words.save);
    await page.getByRole('heading', { level: 1, name: 'Special' }).waitFor();

    await press(words.edit);
    await dialog.getByText(words.allEdit).click();
    await inDialog(words.edit);
    await dialog.getByText(words.sentence, { exact: true }).waitFor();
    await dialog.getByLabel(words.title).fill('Retro');
    await choose(words.repeats, words.daily);
    await inDialog(words.save);
    await page.getByText(words.everyDay, { exact: true }).waitFor();
    expect(await meetings()).toEqual([
      '2040-03-05T09:00:00Z Special scheduled',
      '2040-03-06T09:00:00Z Retro scheduled',
      '2040-03-07T09:00:00Z Retro scheduled',
      '2040-03-12T09:00:00Z Retro scheduled',
    ]);

    await page.goto(`${world.server.url}/meetings`);
    await page.getByText('Retro', { exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Retro' }).waitFor();
    await press(words.cancel);
    await dialog.getByText(words.following).click();
    await inDialog(words.cancel);
    const sure = page.getByRole('alertdialog');
    await sure.getByText(words.following).waitFor();
    await sure.getByRole('button', { name: words.cancel, exact: true }).click();
    await page.waitForURL(`${world.server.url}/meetings`);
    expect(await meetings()).toEqual([
      '2040-03-05T09:00:00Z Special scheduled',
      '2040-03-06T09:00:00Z Retro cancelled',
      '2040-03-07T09:00:00Z Retro cancelled',
      '2040-03-12T09:00:00Z Retro cancelled',
    ]);
  },
);
