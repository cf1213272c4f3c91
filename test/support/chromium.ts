import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findProgram } from './child-server.ts';

/** What a page's tests do not need; the list takes the place of Playwright's own, which is part of it. */
const WITHOUT = [
  // Each window would have the two as pages of their own, which cost more than an empty page does.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT.join(',')}`,
  // Two cores draw, encode and decode for up to four people at once.
  '--use-fake-device-for-media-stream=fps=10',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** A Chromium without a window, with a camera and a microphone that nobody is asked for. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? findProgram('chromium');
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...flags] });
}
