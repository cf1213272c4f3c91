import type { Locator, Page } from 'playwright-core';
import type { PageOptions, TestBrowser } from './browser.ts';
import { hears, sees } from './media.ts';
import type { TestServer } from './server.ts';
import { api } from './server.ts';
import { waitFor } from './wait-for.ts';

export const PASSWORD = 'correct horse battery';

/** Somebody with an account. */
export interface Account {
  id: number;
  uid: string;
  name: string;
  token: string;
  /** What the app keeps of a sign-in. */
  session: { token: string; refresh: string; expiresAt: number };
}

/** Makes an account by the API, as the register page does. */
export async function account(server: TestServer, uid: string, name = capital(uid)): Promise<Account> {
  const made = await api(server, 'POST', '/api/v1/auth/register', {
    body: { username: uid, password: PASSWORD, nickname: name },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return signIn(server, uid, name);
}

/** Signs in once more, as on another device. */
export async function signIn(server: TestServer, uid: string, name = capital(uid)): Promise<Account> {
  const answer = await api(server, 'POST', '/api/v1/auth/login', {
    body: { username: uid, password: PASSWORD },
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  const { token, refresh_token, expires_in, user } = answer.body.data;
  const session = { token, refresh: refresh_token, expiresAt: Date.now() + expires_in * 1000 };
  return { id: user.user_id, uid, name, token, session };
}

const exactly = (words: string): RegExp => new RegExp(`^${words}$`);

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Accounts that are contacts of each other. */
export async function friends<const Uids extends readonly string[]>(
  server: TestServer,
  uids: Uids,
): Promise<{ [I in keyof Uids]: Account }> {
  const accounts = await Promise.all(uids.map((uid) => account(server, uid)));
  const people = await Promise.all(
    accounts.map(async ({ id, uid, token }) => ({
      id,
      uid,
      token,
      user: await server.app.people.get(uid),
    })),
  );
  await server.befriend(...people);
  return accounts as { [I in keyof Uids]: Account };
}

/** Opens the app where it has been signed in before, and waits until it is connected. */
export async function openApp(
  browser: TestBrowser,
  url: string,
  of: Account,
  options: PageOptions = {},
): Promise<AppPerson> {
  const page = await browser.open(of.uid, options);
  await page.context().addInitScript((session) => {
    if (!localStorage.getItem('parley.session')) localStorage.setItem('parley.session', session);
  }, JSON.stringify(of.session));
  await page.goto(url);
  const person = new AppPerson(page, of.uid, of.name, options.hasTouch);
  await person.isConnected();
  return person;
}

/** Somebody in front of the app: does what a person can do, sees what a person can see. English words. */
export class AppPerson {
  readonly page: Page;
  readonly uid: string;
  readonly name: string;

  readonly #touches: boolean;

  constructor(page: Page, uid: string, name: string, touches = false) {
    this.page = page;
    this.uid = uid;
    this.name = name;
    this.#touches = touches;
  }

  /** The socket is open and the server has spoken on it. */
  async isConnected(): Promise<void> {
    await waitFor(() => this.page.evaluate(() => kept.frames.some((frame) => frame.way === 'in')), {
      reason: `${this.uid} to be connected`,
      timeoutMs: 20_000,
    });
  }

  /** With the finger or the mouse. */
  async press(what: Locator | string): Promise<void> {
    const target = typeof what === 'string' ? this.button(what) : what;
    await (this.#touches ? target.tap() : target.click());
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async goTo(place: 'Calls' | 'Contacts' | 'Groups' | 'Rooms' | 'History' | 'Settings'): Promise<void> {
    await this.press(this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }));
    await this.page.getByRole('heading', { level: 1, name: place }).waitFor();
  }

  /** Calls a contact from the home page. */
  async call(whom: { name: string }, kind: 'video' | 'voice' = 'video'): Promise<void> {
    await this.goTo('Calls');
    const word = kind === 'video' ? 'Video' : 'Voice';
    await this.press(this.button(`${word} call ${whom.name}`).first());
  }

  get card(): Locator {
    return this.page.getByTestId('incoming-call');
  }

  async isRungBy(whom: { name: string }): Promise<void> {
    await this.card.getByRole('heading', { name: whom.name, exact: true }).waitFor();
  }

  async answer(how: 'Answer' | 'Answer without camera' = 'Answer'): Promise<void> {
    await this.press(this.card.getByRole('button', { name: how, exact: true }));
  }

  /** A button of the card once it takes a press: a card that has just come up does not. */
  async armed(name: string): Promise<Locator> {
    const button = this.card.locator('button:not([aria-disabled="true"])').filter({ hasText: exactly(name) });
    await button.waitFor();
    return button;
  }

  async decline(): Promise<void> {
    await this.press(this.card.getByRole('button', { name: 'Decline', exact: true }));
  }

  /** The card is gone. */
  async ringsNoMore(): Promise<void> {
    await this.card.waitFor({ state: 'detached' });
  }

  /** How the call on the screen stands, in the app's word. */
  async status(word: string): Promise<void> {
    try {
      await this.page
        .getByTestId('call-status')
        .getByText(word, { exact: true })
        .waitFor({ state: 'attached' });
    } catch (error) {
      const last = await this.page.evaluate(() => kept.frames.slice(-12).map((f) => `${f.way} ${f.type}`));
      const words = await this.page.locator('body').innerText();
      throw new Error(`${this.uid} never saw "${word}". The page: ${words}. The frames: ${last.join(', ')}`, {
        cause: error,
      });
    }
  }

  /** A notice at the edge of the page. */
  async notice(words: string): Promise<void> {
    await this.page.getByRole('status').getByText(words, { exact: true }).waitFor();
  }

  pictureOf(whom: { uid: string }): Locator {
    return this.page.getByTestId(`remote-video-${whom.uid}`);
  }

  get ownPicture(): Locator {
    return this.page.getByTestId('local-video');
  }

  async sees(whom: { uid: string }): Promise<void> {
    await sees(this.pictureOf(whom), `${whom.uid} at ${this.uid}`);
  }

  async seesSelf(): Promise<void> {
    await sees(this.ownPicture, `${this.uid}'s own camera`);
  }

  async hears(connections = 1): Promise<void> {
    await hears(this.page, connections);
  }

  async hangUp(): Promise<void> {
    await this.press('Hang up');
  }

  /** What the newest call of the history says: it was with that person, and this came of it. */
  async remembers(whom: { name: string }, outcome: RegExp): Promise<string> {
    await this.goTo('History');
    const newest = this.page.getByRole('main').locator('button[aria-expanded]').first();
    return waitFor(
      async () => {
        const lines = (await newest.innerText({ timeout: 1000 })).split('\n').map((line) => line.trim());
        const told = lines[lines.indexOf(whom.name) + 1] ?? '';
        if (!lines.includes(whom.name) || !outcome.test(told))
          throw new Error(`it says: ${lines.join(' | ')}`);
        return told;
      },
      { reason: `${this.uid} to remember ${whom.name}: ${outcome}`, timeoutMs: 15_000, everyMs: 100 },
    );
  }
}

/** Both are in the call, see and hear each other. */
export async function seeAndHearEachOther(a: AppPerson, b: AppPerson): Promise<void> {
  await Promise.all([a.status('Connected'), b.status('Connected')]);
  await Promise.all([a.sees(b), b.sees(a), a.hears(), b.hears()]);
}

/** Has `a` call `b`, who answers at once. */
export async function connect(a: AppPerson, b: AppPerson, kind: 'video' | 'voice' = 'video'): Promise<void> {
  await a.call(b, kind);
  await b.isRungBy(a);
  await b.answer();
  await Promise.all([a.status('Connected'), b.status('Connected')]);
}
