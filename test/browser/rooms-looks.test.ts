import { expect, it } from 'vitest';
import { barriers } from '../support/browser-axe.ts';
import { allSeeAndHear, linkTo, RoomPerson, roomGuests, together } from '../support/browser-room.ts';
import { isUsable } from '../support/browser-usable.ts';
import { browserWorld } from '../support/browser-world.ts';
import { EMBEDDED } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const world = browserWorld({ media: EMBEDDED });

const LYING_PHONE = { colorScheme: 'light', viewport: { width: 640, height: 360 } } as const;
const DARK_DESK = { colorScheme: 'dark', viewport: { width: 1280, height: 800 } } as const;

/** Every way the app may look: its language, its colours, a small phone, one that lies down, or a desk. */
const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 360, height: 640 }, looks: [] },
  { locale: 'zh-CN', ...DARK_DESK, looks: [DARK_DESK, LYING_PHONE] },
] as const;

const WORDS = {
  'en-US': { create: 'New room', join: 'Join', people: /^People/, chat: /^Chat/, keys: 'Keyboard' },
  'zh-CN': { create: '新建房间', join: '加入', people: /^成员/, chat: /^聊天/, keys: '键盘快捷键' },
} as const;

it.each(LOOKS)('rooms can be used: $locale, $colorScheme, $viewport.width', async ({ looks, ...look }) => {
  // Without motion, for colours on their way are nobody's to judge.
  const [bob] = await roomGuests(world, ['bob']);
  const [ann] = await roomGuests(world, ['ann'], { ...look, reducedMotion: 'reduce' });
  const words = WORDS[look.locale];
  const room = `looks-${ann.uid}`;
  const { page } = ann;
  await page.goto(`${world.server.url}/rooms`);
  await page.getByRole('button', { name: words.create }).click();
  await page.getByRole('dialog').getByRole('textbox').first().fill(room);
  await isUsable(page, 'the dialog of a new room', looks);
  await page.getByRole('dialog').getByRole('button', { name: words.create }).click();
  await page.getByTestId('local-video').waitFor();
  await isUsable(page, 'the door', looks);
  await page.getByRole('button', { name: words.join, exact: true }).click();
  await page.getByTestId('room').waitFor();
  await isUsable(page, 'a room with nobody else', looks);

  await bob.opens(linkTo(world, room));
  await bob.joins();
  await ann.sees(bob);
  await bob.person.press('Raise hand');
  await bob.says('A message');
  await isUsable(page, 'a room of two', looks);
  for (const panel of [words.chat, words.people]) {
    await page.getByRole('button', { name: panel }).first().click();
    await page.getByRole('complementary').waitFor();
    await isUsable(page, `the panel ${panel}`, looks);
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await isUsable(page, 'the list of keys', looks);
  await page.keyboard.press('Escape');
  await bob.person.press('Leave');
  await page.keyboard.press('Alt+Shift+KeyE');
  await page.getByRole('toolbar').waitFor({ state: 'detached' });
  await isUsable(page, 'a room that was left', looks);
  await page.goto(`${world.server.url}/rooms`);
  await page.getByText(room).waitFor();
  await isUsable(page, 'the list of rooms', looks);
});

it('everything in a room is done by the keyboard', async () => {
  const [ann, bob] = await together(world, 'keys', ['ann', 'bob']);
  await allSeeAndHear([ann, bob]);
  const { page } = ann;
  const press = (keys: string) => page.keyboard.press(keys);
  await press('KeyM');
  await ann.person.button('Unmute').waitFor();
  await press('Control+KeyD');
  await ann.person.button('Mute').waitFor();
  await press('KeyV');
  await bob.pictureOf(ann).waitFor({ state: 'detached' });
  await press('KeyV');
  await bob.sees(ann);
  await press('KeyH');
  await ann.person.button('Lower hand').waitFor();
  await press('KeyR');
  await page.getByRole('group', { name: 'React' }).waitFor();
  await press('Digit2');
  await bob.page.getByText('👏').first().waitFor({ state: 'attached' });

  await press('KeyC');
  const input = page.getByLabel('Write a message');
  await waitFor(() => input.evaluate((element) => element === document.activeElement), {
    reason: 'the chat to take the focus',
  });
  // In a text field letters are text.
  await page.keyboard.type('mvh');
  expect(await input.inputValue()).toBe('mvh');
  await press('Enter');
  await (await bob.panel('Chat')).getByRole('log').getByText('mvh', { exact: true }).waitFor();
  await press('Escape');
  await page.getByRole('complementary').waitFor({ state: 'detached' });
  await press('KeyP');
  await page.getByRole('complementary', { name: 'People, 2 here' }).waitFor();
  await press('Escape');
  await press('KeyI');
  await page.getByRole('complementary', { name: 'About this room' }).waitFor();
  await press('Escape');

  // F2 leads to the stage, arrows from tile to tile, Enter pins.
  await page.locator('[data-tile] [data-pin] button').first().focus();
  await press('ArrowRight');
  await press('Enter');
  await ann.person.button(`Unpin ${bob.name}`).waitFor({ state: 'attached' });
  await press('KeyL');
  await ann.person.button(`Unpin ${bob.name}`).waitFor({ state: 'detached' });
  await press('Alt+Shift+KeyE');
  await ann.isOut('You left the room');
});

it('on a phone two people meet in a room, and the panels cover it', async () => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
  const [ann, bob] = await together(world, 'phones', ['ann', 'bob'], phone);
  await allSeeAndHear([ann, bob]);
  const chat = await ann.panel('Chat');
  const box = await chat.boundingBox();
  expect(box).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
  await ann.says('From my phone');
  await ann.person.press(chat.getByRole('button', { name: 'Close' }));
  await (await bob.panel('Chat')).getByRole('log').getByText('From my phone').waitFor();
  await ann.sees(bob);
});

it('refused devices keep nobody out: the door says what is wrong, and one joins to listen', async () => {
  const [ann] = await roomGuests(world, ['ann']);
  const [b] = await world.accounts('bob');
  await ann.makes('refused');
  await ann.joins();
  const bob = new RoomPerson(await world.open(b, { permissions: [] }));
  await bob.page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await bob.opens(linkTo(world, 'refused'));
  await bob.page.getByText('Microphone is blocked').waitFor();
  await bob.page.getByText('Camera is blocked').waitFor();
  expect(await barriers(bob.page)).toEqual([]);
  await bob.person.press('Join to listen');
  await bob.isInside();
  await bob.sees(ann);
  await bob.hears(1);
  await bob.page.getByText(/^Microphone and camera are blocked/).waitFor();
  await bob.person.press('Unmute');
  await bob.person.button('Unmute').waitFor();
});
