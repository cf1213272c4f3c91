import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { barriers } from './browser-axe.ts';

/** What one page can look like without being loaded again. */
export interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

/** Everybody can use what is on the page, and nothing is wider than it, in each of these looks or as it is. */
export async function isUsable(page: Page, screen: string, looks: readonly Look[] = []): Promise<void> {
  if (looks.length === 0) return isUsableNow(page, screen);
  // The page is left in the first one.
  for (const look of [...looks.slice(1), ...looks.slice(0, 1)]) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize(look.viewport);
    await isUsableNow(page, `${screen}, ${look.colorScheme}, ${look.viewport.width}`);
  }
}

async function isUsableNow(page: Page, screen: string): Promise<void> {
  expect(await barriers(page), screen).toEqual([]);
  const { width, wanted } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    wanted: document.documentElement.scrollWidth,
  }));
  expect(wanted, `the width of ${screen}`).toBeLessThanOrEqual(width);
}
