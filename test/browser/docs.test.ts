import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), TestBrowser.launch()]);
});
// Fails if the page's own policy refused something the viewer needs.
afterEach(() => browser.closePages());
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A page that notes every address it asks for. */
async function watched(path: string) {
  const page = await browser.open('reader');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(server.url + path);
  return {
    page,
    elsewhere: () => asked.filter((url) => !url.startsWith(server.url) && !/^(data|blob):/.test(url)),
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
