import { expect, it } from 'vitest';
import { isUsable } from '../support/browser-usable.ts';
import { browserWorld } from '../support/browser-world.ts';
import { sees } from '../support/media.ts';
import { api } from '../support/server.ts';

const world = browserWorld();

const SMALL = { width: 360, height: 640 };
const WIDE = { width: 1280, height: 800 };

/** Every way the app may look: its language, its colours, a small phone or a desk. */
const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', viewport: SMALL, calls: 'Calls' },
  { locale: 'en-US', colorScheme: 'dark', viewport: WIDE, calls: 'Calls' },
  { locale: 'zh-CN', colorScheme: 'light', viewport: WIDE, calls: '通话' },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: SMALL, calls: '通话' },
] as const;

/** A meeting of tomorrow; its number. */
async function planned(token: string): Promise<number> {
  const { body } = await api(world.server, 'POST', '/api/v1/meetings', {
    token,
    body: {
      title: 'Planning',
      start_time: new Date(Date.now() + 86_400_000).toISOString(),
      password: 'secret',
    },
  });
  return body.data.meeting_id;
}

it.each(LOOKS)(
  'every screen can be used: $locale, $colorScheme, $viewport.width',
  async ({ calls, ...look }) => {
    // Without motion, for colours on their way are nobody's to judge.
    const options = { ...look, reducedMotion: 'reduce' } as const;
    const guest = await world.browser.open('guest', options);
    for (const screen of ['login', 'register', 'forgot-password', 'reset-password?token=x']) {
      await guest.goto(`${world.server.url}/${screen}`);
      await guest.getByRole('heading', { level: 1 }).waitFor();
      await isUsable(guest, screen);
    }
    await guest.context().close();

    const [a, b] = await world.accounts('ann', 'bob');
    const [ann, bob] = await Promise.all([world.open(a, options), world.open(b)]);
    const { page } = ann;
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(
      look.locale === 'en-US' ? 'en' : 'zh-CN',
    );
    await page.getByRole('heading', { level: 1, name: calls }).waitFor();

    await bob.call(ann);
    await ann.card.waitFor();
    await isUsable(page, 'the incoming card');
    await ann.press(ann.card.locator('button').first());
    await sees(ann.pictureOf(bob), 'Bob');
    await isUsable(page, 'a video call');
    await bob.hangUp();
    await page.getByRole('toolbar').waitFor({ state: 'detached' });
    await isUsable(page, 'a call that is over');

    const meeting = await planned(a.token);
    await world.server.app.people.put(a.uid, { role: 'admin' });
    for (const screen of [
      'calls',
      'contacts',
      'groups',
      'history',
      'settings',
      'settings/devices',
      'settings/keys',
      'settings/password',
      'meetings',
      `meetings/${meeting}`,
      'admin/overview',
      'admin/users',
      'admin/meetings',
      'admin/audit',
    ]) {
      await page.goto(`${world.server.url}/${screen}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('status').first().waitFor({ state: 'attached' });
      await isUsable(page, screen);
    }
  },
);
