import type { PageOptions } from './browser.ts';
import { RoomPerson } from './browser-room.ts';
import type { BrowserWorld } from './browser-world.ts';
import { api } from './server.ts';

/** One person in front of the app's meetings. English words. */
export class MeetPerson extends RoomPerson {
  /** Presses the way in, with what is on at the door. */
  async knocks(password?: string): Promise<void> {
    await this.page.getByTestId('local-video').waitFor();
    if (password !== undefined) await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.person.press('Join');
  }

  override async isInside(): Promise<void> {
    try {
      await this.page.getByRole('toolbar', { name: 'Meeting controls' }).waitFor();
    } catch (error) {
      const words = await this.page.locator('body').evaluate((body) => body.textContent);
      throw new Error(`${this.uid} did not get into the meeting. The page: ${words}`, { cause: error });
    }
  }

  async waits(words: string): Promise<void> {
    await this.page.getByRole('main').getByRole('status').getByText(words, { exact: true }).waitFor();
  }
}

type Guests<Names extends readonly string[]> = { [I in keyof Names]: MeetPerson };

/** New people who know each other, each with the app open. */
export async function meetGuests<const Names extends readonly string[]>(
  world: BrowserWorld,
  names: Names,
  options: PageOptions = {},
): Promise<Guests<Names>> {
  const people = await world.people(names, options);
  return (people as unknown as ConstructorParameters<typeof MeetPerson>[0][]).map(
    (person) => new MeetPerson(person),
  ) as unknown as Guests<Names>;
}

/** A meeting made over the API by whoever's token it is; answers its link. */
export async function meetingLink(
  world: BrowserWorld,
  token: string,
  meeting: Record<string, unknown>,
): Promise<string> {
  const made = await api(world.server, 'POST', '/api/v1/meetings', { token, body: meeting });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return `${world.server.url}/meet/${made.body.data.meeting_id}`;
}
