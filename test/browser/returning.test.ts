import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { browserWorld } from '../support/browser-world.ts';
import { waitFor } from '../support/wait-for.ts';

const world = browserWorld({ graceMs: 1000 });

it('a shared screen is shown whole while it is one, and floats in a window of its own', async () => {
  const [ann, bob] = await world.people(['ann', 'bob']);
  await ann.call(bob);
  await bob.answer();
  await bob.sees(ann);
  const fits = (how: string) =>
    waitFor(async () => (await bob.pictureOf(ann).evaluate((v) => getComputedStyle(v).objectFit)) === how, {
      reason: `the picture to ${how}`,
    });
  await fits('cover');
  await ann.press('Share screen');
  await fits('contain');
  // Whoever comes back knows it too.
  await bob.page.reload();
  await bob.sees(ann);
  await fits('contain');
  await ann.press('Stop sharing');
  await fits('cover');
  await bob.pictureOf(ann).hover();
  await bob.press('Picture in picture');
  await waitFor(() => bob.page.evaluate(() => document.pictureInPictureElement !== null), {
    reason: 'the floating picture',
  });
  await ann.hangUp();
  await bob.status('Call ended');
  expect(await bob.page.evaluate(() => document.pictureInPictureElement)).toBeNull();
});

it('somebody asked into a call sees by whom, is lost from it, and comes back into it', async () => {
  const [ann, bob, cy] = await world.people(['ann', 'bob', 'cy']);
  await ann.call(bob);
  await bob.answer();
  await bob.sees(ann);
  await bob.press('Add people');
  const dialog = bob.page.getByRole('dialog', { name: 'Add people to the call' });
  await bob.press(dialog.getByText(cy.name, { exact: true }));
  await bob.press(dialog.getByRole('button', { name: 'Add', exact: true }));
  await cy.card.getByText(`${bob.name} invites you to a group call`).waitFor();
  await bob.press(await cy.armed('Answer'));
  await Promise.all([cy.sees(ann), cy.sees(bob), ann.sees(cy), bob.sees(cy)]);

  const reconnect = await cutSocket(cy.page);
  await ann.notice(`${cy.name} left`);
  await reconnect();
  await cy.status('Connection lost');
  await cy.press('Rejoin');
  await Promise.all([cy.sees(ann), cy.sees(bob), ann.sees(cy), bob.sees(cy)]);
});

/** The page loses its socket and gets no other until the answer is called. */
async function cutSocket(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const Real = globalThis.WebSocket;
    const Cut = class extends Real {
      constructor(_: string | URL, protocols?: string | string[]) {
        // Nobody listens on this port.
        super('ws://127.0.0.1:9/', protocols);
      }
    };
    globalThis.WebSocket = Cut;
    Object.assign(globalThis, { mendSocket: () => Object.assign(globalThis, { WebSocket: Real }) });
    for (const socket of kept.sockets) socket.close();
  });
  return () => page.evaluate(() => (globalThis as unknown as { mendSocket: () => void }).mendSocket());
}
