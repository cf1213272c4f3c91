import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { keepWatch, type Reach } from './browser-init.ts';
import { launchChromium } from './chromium.ts';

const FLAGS = [
  '--disable-quic',
  // Who shares a screen shares the page itself: a headless browser has no other.
  '--auto-accept-this-tab-capture',
  '--auto-select-tab-capture-source-by-title=Parley',
];

export type PageOptions = BrowserContextOptions & { reach?: Reach };

/** One Chromium; every page in it lives in a context of its own, as in another person's browser. */
export class TestBrowser {
  readonly #browser: Browser;
  /** Uncaught errors of pages, and what their own policy refused. */
  readonly #faults: string[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<TestBrowser> {
    return new TestBrowser(await launchChromium(FLAGS));
  }

  /** A page of somebody new, English unless the options say otherwise. */
  async open(name: string, { reach = {}, ...options }: PageOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'en-US',
      permissions: ['camera', 'microphone'],
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    context.setDefaultTimeout(30_000);
    await context.addInitScript(keepWatch, reach);
    context.on('weberror', (error) => this.#faults.push(`${name}: ${error.error().stack}`));
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.#faults.push(`${name}: ${message.text()}`);
    });
    return context.newPage();
  }

  /**
   * Closes what is open, for `afterEach`. A failed test leaves a picture of each page; a page with an error that
   * nothing caught fails the test.
   */
  async endTest({ task }: { task: { name: string; result?: { state: string } } }): Promise<void> {
    const contexts = this.#browser.contexts();
    const faults = this.#faults.splice(0);
    if (task.result?.state === 'fail') await this.#picture(task.name);
    await Promise.all(contexts.map((context) => context.close()));
    // Not what taking the pictures has caused.
    this.#faults.length = 0;
    if (faults.length > 0) throw new Error(`errors in pages:\n${faults.join('\n')}`);
  }

  async #picture(test: string): Promise<void> {
    const folder = join(tmpdir(), 'parley-failed-tests');
    const pages = this.#browser.contexts().flatMap((context) => context.pages());
    for (const [i, page] of pages.entries()) {
      const path = join(folder, `${test.replaceAll(/\W+/g, '-').slice(0, 60)}-${i + 1}.png`);
      await page.screenshot({ path });
      console.error(`the page as the test left it: ${path}`);
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
