import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { roomsWorld } from '../support/browser-world.ts';
import { conference, tile } from '../support/conference.ts';
import { sees } from '../support/media.ts';
import { api } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const world = roomsWorld({ rateLimits: true });
const pages = conference(world);
const post = (path: string, body: object) =>
  api(world.server, 'POST', path, { token: world.server.service, body });

beforeAll(async () => {
  const room = { creator: 'ann', room_name: 'conference', max_participants: 3 };
  expect((await post('/api/rooms', room)).status).toBe(200);
});

/** In the room that a host has made, by the ticket that it got for this person. */
async function open(identity: string): Promise<Page> {
  const joined = await post('/api/participants/join', { room_name: 'conference', uid: identity });
  const { livekit_url: url, token } = joined.body.data;
  return pages.open(identity, { url, token });
}

describe("LiveKit's VideoConference", () => {
  it('shows three people each other, carries their chat, and lets them leave', async () => {
    const names = ['ann', 'bob', 'cat'];
    const [ann, bob, cat] = (await Promise.all(names.map(open))) as [Page, Page, Page];
    for (const page of [ann, bob, cat]) {
      for (const name of names) await sees(tile(page, name).locator('video').first(), name);
    }
    await ann.getByRole('button', { name: 'Chat' }).click();
    await bob.getByRole('button', { name: 'Chat' }).click();
    await ann.getByPlaceholder('Enter a message...').fill('hello all');
    await ann.getByRole('button', { name: 'Send' }).click();
    await bob.getByText('hello all').waitFor();
    // The components show nobody's connection as unknown for ever.
    await waitFor(() => bob.locator('.lk-connection-quality:not([data-lk-quality=unknown])').count(), {
      reason: 'the quality of a connection to be known',
      timeoutMs: 30_000,
    });
    await cat.getByRole('button', { name: 'Leave' }).click();
    await tile(ann, 'cat').waitFor({ state: 'detached' });
    expect(await ann.title()).toBe("LiveKit's components");
  });
});
