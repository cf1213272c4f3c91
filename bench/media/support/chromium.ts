import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { Missing } from './go.ts';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--use-fake-device-for-media-stream=fps=10',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** Opens pages that have `livekit-client` as npm has it, and nothing else. */
export interface Chromium {
  page(): Promise<Page>;
  close(): Promise<void>;
}

/** Throws `Missing` where there is no Chromium. */
export async function openChromium(): Promise<Chromium> {
  const executablePath = program();
  const client = await readFile(createRequire(import.meta.url).resolve('livekit-client'));
  const server = createServer((request, response) => {
    const script = request.url === '/client.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? client : '<!doctype html><title>bench</title><script src="/client.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A browser gives cameras to pages of localhost.
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
  return {
    async page() {
      const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function program(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = [process.env.CHROMIUM, ...folders.map((folder) => join(folder, 'chromium'))].find(
    (path) => path && existsSync(path),
  );
  if (!found) throw new Missing('Chromium');
  return found;
}
