import type { Directory } from './directory.ts';
import type { Rest } from './rest.ts';
import type { Contact, ContactState, Device, Group, Person } from './types.ts';

/** Somebody as the REST doors write them. */
export interface RestPerson {
  id?: number;
  uid: string;
  username?: string | null;
  display_name?: string | null;
  avatar_url?: string | null;
}

export function personOf(wire: RestPerson): Person {
  const name = wire.display_name || wire.username || wire.uid;
  const person: Person = { uid: wire.uid, name, avatarUrl: wire.avatar_url || null };
  if (wire.id !== undefined) person.id = wire.id;
  return person;
}

const enc = encodeURIComponent;

/** Finding people. */
export class People {
  readonly #rest: Rest;
  readonly #directory: Directory;
  constructor(rest: Rest, directory: Directory) {
    this.#rest = rest;
    this.#directory = directory;
  }

  /** People whose uid or name begins so; 20 at most. */
  async search(query: string): Promise<Person[]> {
    const { people } = await this.#rest.get<{ people: RestPerson[] }>('/api/v1/people', { query });
    const found = people.map(personOf);
    for (const person of found) this.#directory.learn(person);
    return found;
  }
}

interface RestContact extends RestPerson {
  state: ContactState;
  online: boolean;
  since: string;
}

/** Who may call whom: asking, accepting, ending a contact. */
export class Contacts {
  readonly #rest: Rest;
  readonly #directory: Directory;
  constructor(rest: Rest, directory: Directory) {
    this.#rest = rest;
    this.#directory = directory;
  }

  /** Accepted ones, requests both ways, and people blocked by oneself; with presence. */
  async list(): Promise<Contact[]> {
    const { contacts } = await this.#rest.get<{ contacts: RestContact[] }>('/api/v1/contacts');
    return contacts.map((wire) => this.#contact(wire));
  }

  /** Asks; asking somebody who has asked accepts. */
  async ask(uid: string): Promise<Contact> {
    return this.#contact(await this.#rest.post<RestContact>('/api/v1/contacts', { uid }));
  }
  async accept(uid: string): Promise<Contact> {
    return this.#contact(await this.#rest.post<RestContact>(`/api/v1/contacts/${enc(uid)}/accept`));
  }
  async decline(uid: string): Promise<void> {
    await this.#rest.post(`/api/v1/contacts/${enc(uid)}/decline`);
  }
  async block(uid: string): Promise<void> {
    await this.#rest.post(`/api/v1/contacts/${enc(uid)}/block`);
  }
  async remove(uid: string): Promise<void> {
    await this.#rest.delete(`/api/v1/contacts/${enc(uid)}`);
  }

  #contact(wire: RestContact): Contact {
    const person = personOf(wire);
    this.#directory.learn(person);
    return { person, state: wire.state, online: wire.online, since: new Date(wire.since) };
  }
}

interface RestGroup {
  group_id: string;
  name: string;
  owner: string | null;
  members: RestPerson[];
}

const groupOf = (wire: RestGroup): Group => ({
  id: wire.group_id,
  name: wire.name,
  owner: wire.owner,
  members: wire.members.map(personOf),
});

/** Groups: fellow members may call each other. */
export class Groups {
  readonly #rest: Rest;
  readonly #directory: Directory;
  constructor(rest: Rest, directory: Directory) {
    this.#rest = rest;
    this.#directory = directory;
  }

  async list(): Promise<Group[]> {
    const { groups } = await this.#rest.get<{ groups: RestGroup[] }>('/api/v1/groups');
    const mine = groups.map(groupOf);
    for (const { members } of mine) for (const person of members) this.#directory.learn(person);
    return mine;
  }
  async create(name: string, members: string[]): Promise<Group> {
    return groupOf(await this.#rest.post<RestGroup>('/api/v1/groups', { name, members }));
  }
  async addMember(groupId: string, uid: string): Promise<void> {
    await this.#rest.put(`/api/v1/groups/${enc(groupId)}/members/${enc(uid)}`);
  }
  async removeMember(groupId: string, uid: string): Promise<void> {
    await this.#rest.delete(`/api/v1/groups/${enc(groupId)}/members/${enc(uid)}`);
  }
}

interface RestDevice {
  id: string;
  user_agent: string;
  connected_at: string;
  current: boolean;
}

/** One's own live devices. */
export class Devices {
  readonly #rest: Rest;
  constructor(rest: Rest) {
    this.#rest = rest;
  }

  async list(): Promise<Device[]> {
    const { devices } = await this.#rest.get<{ devices: RestDevice[] }>('/api/v1/me/devices');
    return devices.map((device) => ({
      id: device.id,
      userAgent: device.user_agent,
      connectedAt: new Date(device.connected_at),
      current: device.current,
    }));
  }
  /** Closes that device's socket. */
  async remove(id: string): Promise<void> {
    await this.#rest.delete(`/api/v1/me/devices/${enc(id)}`);
  }
}
