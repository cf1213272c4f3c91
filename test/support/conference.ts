import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import type { BrowserWorld } from './browser-world.ts';
import { folderPages, type Pages } from './livekit-pages.ts';

export interface Conference {
  /** A page of LiveKit's own components, in the room of the ticket. */
  open(identity: string, ticket: { url: string; token: string }): Promise<Page>;
}

/** Builds a page with LiveKit's `VideoConference` as it is, and serves it from an origin of its own. */
export function conference(world: BrowserWorld): Conference {
  let folder: string;
  let pages: Pages;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-conference-'));
    await build({
      root: fileURLToPath(new URL('../browser/conference-page/', import.meta.url)),
      configFile: false,
      logLevel: 'error',
      base: './',
      build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 4_000 },
    });
    pages = await folderPages(folder);
  });
  afterAll(async () => {
    await pages?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    async open(identity, ticket) {
      const page = await world.browser.open(identity);
      await page.goto(`${pages.url}?${new URLSearchParams({ ...ticket })}`);
      return page;
    },
  };
}

/** The tile of somebody, as the components mark it. */
export const tile = (page: Page, name: string): Locator =>
  page
    .locator('.lk-participant-tile')
    .filter({ has: page.locator(`[data-lk-local-participant], video`) })
    .filter({ hasText: name });
