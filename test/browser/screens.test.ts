import { expect, it } from 'vitest';
import { isUsable } from '../support/browser-usable.ts';
import { browserWorld } from '../support/browser-world.ts';
import { sees } from '../support/media.ts';
import { api } from '../support/server.ts';

const world = browserWorld();

const LIGHT_PHONE = { colorScheme: 'light', viewport: { width: 360, height: 640 } } as const;
const DARK_PHONE = { ...LIGHT_PHONE, colorScheme: 'dark' } as const;
const LIGHT_DESK = { colorScheme: 'light', viewport: { width: 1280, height: 800 } } as const;
const DARK_DESK = { ...LIGHT_DESK, colorScheme: 'dark' } as const;

/** Every way the app may look: its language, its colours, a small phone or a desk. */
const LANGUAGES = [
  { locale: 'en-US', calls: 'Calls', looks: [LIGHT_PHONE, DARK_DESK] },
  { locale: 'zh-CN', calls: '通话', looks: [LIGHT_DESK, DARK_PHONE] },
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

it.each(LANGUAGES)(
  'every screen can be used: $locale, on a phone and at a desk, one light, one dark',
  async ({ locale, calls, looks }) => {
    // Without motion, for colours on their way are nobody's to judge.
    const options = { locale, ...looks[0], reducedMotion: 'reduce' } as const;
    const guest = await world.browser.open('guest', options);
    for (const screen of ['login', 'register', 'forgot-password', 'reset-password?token=x']) {
      await guest.goto(`${world.server.url}/${screen}`);
      await guest.getByRole('heading', { level: 1 }).waitFor();
      await isUsable(guest, screen, looks);
    }
    await guest.context().close();

    const [a, b] = await world.accounts('ann', 'bob');
    const [ann, bob] = await Promise.all([world.open(a, options), world.open(b)]);
    const { page } = ann;
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(
      locale === 'en-US' ? 'en' : 'zh-CN',
    );
    await page.getByRole('heading', { level: 1, name: calls }).waitFor();

    await bob.call(ann);
    await ann.card.waitFor();
    await isUsable(page, 'the incoming card', looks);
    await ann.press(ann.card.locator('button').first());
    await sees(ann.pictureOf(bob), 'Bob');
    await isUsable(page, 'a video call', looks);
    await bob.hangUp();
    await page.getByRole('toolbar').waitFor({ state: 'detached' });
    await isUsable(page, 'a call that is over', looks);

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
      await isUsable(page, screen, looks);
    }
  },
);
