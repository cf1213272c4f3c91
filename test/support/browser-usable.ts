import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { barriers } from './browser-axe.ts';

/** Everybody can use what is on the page, and nothing is wider than it. */
export async function isUsable(page: Page, screen: string): Promise<void> {
  const { width, wanted } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    wanted: document.documentElement.scrollWidth,
  }));
  expect(wanted, `the width of ${screen}`).toBeLessThanOrEqual(width);
  expect(await barriers(page), screen).toEqual([]);
}
