import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { type PageOptions, TestBrowser } from './browser.ts';
import { type Account, type AppPerson, friends, openApp } from './browser-person.ts';
import { engineFor, type TestEngine } from './engines.ts';
import { startTestServer, type TestServer } from './server.ts';

/** One server and one browser for the tests of a file, and the people in front of it. */
export class BrowserWorld {
  server!: TestServer;
  browser!: TestBrowser;
  #turn = 0;

  /** New accounts, all of them contacts of each other. The names tell the tests apart. */
  accounts<const Names extends readonly string[]>(...names: Names): Promise<{ [I in keyof Names]: Account }> {
    this.#turn++;
    const uids = names.map((name) => (this.#turn === 1 ? name : `${name}${this.#turn}`));
    return friends(this.server, uids) as unknown as Promise<{ [I in keyof Names]: Account }>;
  }

  open(account: Account, options: PageOptions = {}): Promise<AppPerson> {
    return openApp(this.browser, this.server.url, account, options);
  }

  /** New people who know each other, each with the app open. */
  async people<const Names extends readonly string[]>(
    names: Names,
    options: PageOptions = {},
  ): Promise<{ [I in keyof Names]: AppPerson }> {
    const accounts: readonly Account[] = await this.accounts(...names);
    const people = await Promise.all(accounts.map((account) => this.open(account, options)));
    return people as unknown as { [I in keyof Names]: AppPerson };
  }
}

/** Starts both before the tests of this file or block, and ends what each test leaves. */
export function browserWorld(settings: Partial<Config> = {}, start = startTestServer): BrowserWorld {
  const world = new BrowserWorld();
  beforeAll(async () => {
    const [server, browser] = await Promise.all([start({ stunUrls: [], ...settings }), TestBrowser.launch()]);
    Object.assign(world, { server, browser });
  });
  afterEach((test) => world.browser.endTest(test));
  afterAll(async () => {
    await world.browser?.close();
    await world.server?.close();
  });
  return world;
}

/** The same with rooms on the embedded engine, or on a cluster's in the project for it. */
export function roomsWorld(settings: Partial<Config> = {}): BrowserWorld & { engine: TestEngine } {
  let engine: TestEngine | undefined;
  // What was begun first ends last.
  afterAll(() => engine?.close());
  const world = browserWorld(settings, async (given) => {
    engine = await engineFor('embedded');
    Object.assign(world, { engine });
    return engine.start(given);
  });
  return world as BrowserWorld & { engine: TestEngine };
}
