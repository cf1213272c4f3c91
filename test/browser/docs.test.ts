import { describe, expect, test } from 'vitest';
import { browserWorld } from '../support/browser-world.ts';

// After each test it fails a page whose own policy refused something the viewer needs.
const world = browserWorld();

/** A page that notes every address it asks for. */
async function watched(path: string) {
  const page = await world.browser.open('reader');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(world.server.url + path);
  return {
    page,
    elsewhere: () => asked.filter((url) => !url.startsWith(world.server.url) && !/^(data|blob):/.test(url)),
  };
}

describe('/docs, without any other host', () => {
  test('shows the routes', async () => {
    const { page, elsewhere } = await watched('/docs');
    await page.getByText('发起通话: call somebody').first().waitFor();
    await page.getByText('group-calls').first().waitFor();
    expect(elsewhere()).toEqual([]);
  });

  test('shows the frames of the socket', async () => {
    const { page, elsewhere } = await watched('/docs/sockets');
    await page.getByText('call:ice_candidate').first().waitFor();
    expect(elsewhere()).toEqual([]);
  });
});
