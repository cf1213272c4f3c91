import type { Locator, Page } from 'playwright-core';
import type { PageOptions } from './browser.ts';
import type { AppPerson } from './browser-person.ts';
import type { BrowserWorld } from './browser-world.ts';
import { sees } from './media.ts';
import { waitFor } from './wait-for.ts';

/** One person in front of the app's rooms. English words. */
export class RoomPerson {
  readonly person: AppPerson;

  constructor(person: AppPerson) {
    this.person = person;
  }

  get page(): Page {
    return this.person.page;
  }
  get uid(): string {
    return this.person.uid;
  }
  get name(): string {
    return this.person.name;
  }

  /** Makes a room by the list's dialog, and stands before its door. */
  async makes(name: string, options: { places?: string; invite?: readonly { name: string }[] } = {}) {
    await this.person.goTo('Rooms');
    await this.person.press(this.person.button('New room').first());
    const dialog = this.page.getByRole('dialog', { name: 'New room' });
    await dialog.getByLabel('Room name').fill(name);
    if (options.places) {
      await dialog.getByRole('button', { name: /Places/ }).click();
      await this.page.getByRole('option', { name: options.places, exact: true }).click();
    }
    for (const { name: guest } of options.invite ?? [])
      await dialog.getByText(guest, { exact: true }).click();
    await this.person.press(dialog.getByRole('button', { name: 'New room' }));
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** Opens a room's link. */
  async opens(url: string): Promise<void> {
    await this.page.goto(url);
  }

  /** Through the door, with what is on there. */
  async joins(): Promise<void> {
    await this.page.getByTestId('local-video').waitFor();
    await this.person.press('Join');
    await this.isInside();
  }

  async isInside(): Promise<void> {
    try {
      await this.page.getByRole('toolbar', { name: 'Room controls' }).waitFor();
    } catch (error) {
      const words = await this.page.locator('body').evaluate((body) => body.textContent);
      throw new Error(`${this.uid} did not get into the room. The page: ${words}`, { cause: error });
    }
  }

  pictureOf(whom: { uid: string }): Locator {
    return this.page.getByTestId(`remote-video-${whom.uid}`);
  }

  async sees(whom: { uid: string }): Promise<void> {
    await sees(this.pictureOf(whom), `${whom.uid} at ${this.uid}`);
  }

  /** As many voices as that grow louder or softer, but are not silent. */
  async hears(voices: number): Promise<void> {
    const before = await voicesAt(this.page);
    await waitFor(
      async () => {
        const now = await voicesAt(this.page);
        return [...now].filter(([id, energy]) => energy > (before.get(id) ?? 0)).length >= voices;
      },
      { reason: `${voices} voices to be heard by ${this.uid}`, timeoutMs: 30_000, everyMs: 100 },
    );
  }

  /** A panel beside the stage, opened by its button. */
  async panel(which: 'People' | 'Chat'): Promise<Locator> {
    const aside = this.page.getByRole('complementary');
    if (await aside.getByRole('heading', { name: new RegExp(`^${which}`) }).count()) return aside;
    await this.person.press(this.page.getByRole('button', { name: new RegExp(`^${which}`) }).first());
    await aside.getByRole('heading', { name: new RegExp(`^${which}`) }).waitFor();
    return aside;
  }

  async says(text: string): Promise<void> {
    const chat = await this.panel('Chat');
    await chat.getByLabel('Write a message').fill(text);
    await chat.getByLabel('Write a message').press('Enter');
    await chat.getByRole('log').getByText(text, { exact: true }).waitFor();
  }

  /** Chooses something from the menu of a person in the list. */
  async does(what: string, whom: { name: string; uid: string }): Promise<void> {
    const people = await this.panel('People');
    const row = people.getByTestId(`person-${whom.uid}`);
    await this.person.press(row.getByRole('button', { name: `More actions for ${whom.name}` }));
    await this.person.press(this.page.getByRole('menuitem', { name: what }));
  }

  /** The page that says why one is not in the room. */
  async isOut(word: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: word }).waitFor();
  }
}

/** The energy that each incoming voice has brought so far. */
async function voicesAt(page: Page): Promise<Map<string, number>> {
  const found = await page.evaluate(async () => {
    const all: [string, number][] = [];
    for (const [i, peer] of kept.peers.entries()) {
      if (peer.connectionState !== 'connected') continue;
      for (const one of (await peer.getStats()).values()) {
        if (one.type === 'inbound-rtp' && one.kind === 'audio')
          all.push([`${i} ${one.id}`, one.totalAudioEnergy ?? 0]);
      }
    }
    return all;
  });
  return new Map(found);
}

/** Everybody sees and hears everybody else. */
export async function allSeeAndHear(people: readonly RoomPerson[]): Promise<void> {
  await Promise.all(
    people.flatMap((one) => [
      one.hears(people.length - 1),
      ...people.filter((other) => other !== one).map((other) => one.sees(other)),
    ]),
  );
}

export const linkTo = (world: BrowserWorld, room: string): string => `${world.server.url}/rooms/${room}`;

type Guests<Names extends readonly string[]> = { [I in keyof Names]: RoomPerson };

/** New people who know each other, each with the app open. */
export async function roomGuests<const Names extends readonly string[]>(
  world: BrowserWorld,
  names: Names,
  options: PageOptions = {},
): Promise<Guests<Names>> {
  const people: readonly AppPerson[] = await world.people(names, options);
  return people.map((person) => new RoomPerson(person)) as unknown as Guests<Names>;
}

/** The first makes a room, and all of them are in it. */
export async function together<const Names extends readonly string[]>(
  world: BrowserWorld,
  room: string,
  names: Names,
  options: PageOptions = {},
): Promise<Guests<Names>> {
  const people = await roomGuests(world, names, options);
  const [first, ...others] = people as unknown as readonly RoomPerson[];
  await first?.makes(room);
  await first?.joins();
  for (const one of others) {
    await one.opens(linkTo(world, room));
    await one.joins();
  }
  return people;
}
