import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { AccessToken } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { roomGuests } from '../support/browser-room.ts';
import { browserWorld } from '../support/browser-world.ts';
import { sees } from '../support/media.ts';
import { EMBEDDED, TEST_KEY, TEST_SECRET } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const world = browserWorld({ media: EMBEDDED });
const bundle = readFile(
  createRequire(import.meta.url)
    .resolve('livekit-client')
    .replace(/[^/]*$/, 'livekit-client.umd.js'),
  'utf8',
);

/** Many people before one camera each, all of them on one page: LiveKit's own client, small pictures. */
async function crowd(room: string, size: number): Promise<void> {
  const page = await world.browser.open('crowd');
  await page.goto(`${world.server.url}/health`);
  await page.evaluate(await bundle);
  const tokens = await Promise.all(
    Array.from({ length: size }, async (_, i) => {
      const token = new AccessToken(TEST_KEY, TEST_SECRET, { identity: `guest-${i}`, name: `Guest ${i}` });
      token.addGrant({ roomJoin: true, room });
      return token.toJwt();
    }),
  );
  await page.evaluate(comeIn, { url: world.server.url, tokens });
}

/** Runs in the page; nothing from outside may be used in it. */
async function comeIn({ url, tokens }: { url: string; tokens: string[] }): Promise<void> {
  type Client = typeof import('livekit-client');
  const { Room, Track } = (globalThis as unknown as { LivekitClient: Client }).LivekitClient;
  for (const [i, token] of tokens.entries()) {
    const room = new Room({ singlePeerConnection: false });
    await room.connect(url, token, { autoSubscribe: false });
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
    const paper = canvas.getContext('2d') as CanvasRenderingContext2D;
    let turn = 0;
    setInterval(() => {
      turn += 10;
      paper.fillStyle = `hsl(${i * 40} 60% 50%)`;
      paper.fillRect(0, 0, 160, 90);
      paper.fillStyle = '#ffffff';
      paper.fillRect(turn % 160, 20, 40, 40);
    }, 100);
    const [track] = canvas.captureStream(10).getVideoTracks();
    if (track) {
      await room.localParticipant.publishTrack(track, { source: Track.Source.Camera, simulcast: false });
    }
  }
}

/** How many pictures the page is being sent: those of which frames come. */
async function incoming(page: Page): Promise<number> {
  const read = () =>
    page.evaluate(async () => {
      const all: [string, number][] = [];
      for (const peer of kept.peers) {
        for (const one of (await peer.getStats()).values()) {
          if (one.type === 'inbound-rtp' && one.kind === 'video') all.push([one.id, one.framesReceived ?? 0]);
        }
      }
      return all;
    });
  const before = new Map(await read());
  return waitFor(
    async () => {
      const now = await read();
      const grown = now.map(([id, frames]) => frames - (before.get(id) ?? 0)).filter((frames) => frames > 0);
      // As long as it takes for one of them to be sent ten: the others are sent some meanwhile.
      return Math.max(0, ...grown) >= 10 && grown.length;
    },
    { reason: 'a picture to grow', timeoutMs: 20_000, everyMs: 100 },
  );
}

async function isSent(page: Page, pictures: number): Promise<void> {
  await waitFor(
    async () => {
      const now = await incoming(page);
      if (now !== pictures) throw new Error(`${now} are`);
      return true;
    },
    { reason: `${pictures} pictures to be sent`, timeoutMs: 30_000 },
  );
}

it('on a phone eight faces are two pages, and only those of the page in sight are sent', async () => {
  const viewport = { width: 360, height: 640 };
  const [ann] = await roomGuests(world, ['ann'], { viewport });
  const { page } = ann;
  await ann.makes('crowd');
  await ann.joins();
  await crowd('crowd', 7);
  await page.getByText('Page 1 of 2').waitFor({ state: 'attached' });
  const shown = page.locator('[data-testid^="remote-video-"]');
  await waitFor(async () => (await shown.count()) === 5, { reason: 'oneself and five others' });
  for (const video of await shown.all()) await sees(video, 'somebody of the first page');
  await isSent(page, 5);

  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('PageDown');
  await page.getByText('Page 2 of 2').waitFor({ state: 'attached' });
  await waitFor(async () => (await shown.count()) === 2, { reason: 'the two of the second page' });
  for (const video of await shown.all()) await sees(video, 'somebody of the second page');
  await isSent(page, 2);
  await page.keyboard.press('PageUp');
  await waitFor(async () => (await shown.count()) === 5, { reason: 'the first page again' });
  for (const video of await shown.all()) await sees(video, 'somebody of the first page');

  // The speaker view has one large face.
  await page.keyboard.press('KeyL');
  const widths = () =>
    shown.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width).sort((a, b) => b - a));
  await waitFor(
    async () => {
      const [large = 0, next = 0] = await widths();
      return large === 344 && next < 140;
    },
    { reason: 'one face as wide as the stage, and the next in the strip' },
  );
});
