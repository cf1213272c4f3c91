import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContactRow } from '../../ports/store/contacts.ts';
import type { Store } from '../../ports/store.ts';
import { conflict, ParleyError } from '../errors.ts';
import type { User } from '../users/user.ts';
import { contactFrame } from './frames.ts';
import type { ContactAction, Outcome } from './rules.ts';
import { BOTH, decideContact } from './rules.ts';
import { contactSubject } from './subject.ts';

export interface ContactsDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
}

/** A contact as one of the two sees it. */
export interface Contact {
  user: User;
  state: 'accepted' | 'incoming' | 'outgoing' | 'blocked';
  /** Has a live device. Shown to accepted contacts only. */
  online: boolean;
  /** Milliseconds. */
  since: number;
}

const ATTEMPTS = 10;

/** Thrown inside a transaction to take it back; never leaves this file. */
class Raced extends Error {}

/** Who knows whom. Each change and its event commit together; sockets hear of it afterwards. */
export class Contacts {
  readonly #deps: ContactsDeps;

  constructor(deps: ContactsDeps) {
    this.#deps = deps;
  }

  /** Everybody somebody has to do with; who has blocked them is not among them. */
  async list(userId: number): Promise<Contact[]> {
    const { read } = this.#deps.store;
    const rows = (await read.contacts.of(userId)).filter((row) => seenBy(row, userId) !== undefined);
    const users = new Map(
      (await read.users.byIds(rows.map((row) => row.otherId))).map((user) => [user.id, user]),
    );
    const online = await read.devices.online(
      rows.filter((row) => row.state === 'accepted').map((row) => row.otherId),
    );
    return rows.flatMap((row) => {
      const user = users.get(row.otherId);
      const state = seenBy(row, userId);
      if (!user || !state || user.status === 'deleted') return [];
      return [{ user, state, online: state === 'accepted' && online.has(user.id), since: row.at }];
    });
  }

  /** How two stand, as `me` sees it; `conflict` when there is nothing (any more) for them to see. */
  async entry(me: User, other: User): Promise<Contact> {
    const { read } = this.#deps.store;
    const row = await read.contacts.between(me.id, other.id);
    const state = row && seenBy(row, me.id);
    if (!row || !state) throw conflict('contact.changed', { uid: other.uid });
    const online = state === 'accepted' && (await read.devices.online([other.id])).has(other.id);
    return { user: other, state, online, since: row.at };
  }

  /** Whose sockets are told when somebody comes or goes: their accepted contacts. */
  async watchersOf(userId: number): Promise<number[]> {
    const rows = await this.#deps.store.read.contacts.of(userId);
    return rows.filter((row) => row.state === 'accepted').map((row) => row.otherId);
  }

  /**
   * Runs one action of `me` towards `other`. A repeat changes nothing. Throws `invalid` (oneself),
   * `forbidden` (blocked by them), `conflict` (blocked by oneself), `not_found` (no request).
   */
  async act(action: ContactAction, me: User, other: User): Promise<void> {
    if (me.id === other.id) throw new ParleyError('invalid', 'contact.self', { field: 'uid' });
    const { bus, clock } = this.#deps;
    const now = clock.now();
    const subject = contactSubject(me.id, other.id);
    const event = await this.#decide(action, me, other, now);
    if (event === undefined) return;
    bus.publish('committed', { subject });
    if (event === 'requested') this.#tell(other, 'contact:request', me, now);
    if (event === 'accepted') {
      this.#tell(other, 'contact:accepted', me, now);
      // The other devices of the one who accepted, and both sides of a link made by the host.
      this.#tell(me, 'contact:accepted', other, now);
    }
  }

  /**
   * Taking the subject's next number holds back everybody else who changes this pair; what was
   * decided before is decided anew if the pair is not what it was.
   */
  async #decide(action: ContactAction, me: User, other: User, at: number): Promise<Outcome['event']> {
    const { store } = this.#deps;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await store.read.contacts.between(me.id, other.id);
      const outcome = decideContact(before, action, me.id, other.id);
      if (outcome instanceof ParleyError) throw outcome;
      const { event, after } = outcome;
      if (event === undefined) return undefined;
      try {
        await store.transaction(async (tx) => {
          const data = { by: me.uid, other: other.uid };
          await tx.events.appendNext(contactSubject(me.id, other.id), `contact.${event}`, at, data);
          const now = await tx.contacts.between(me.id, other.id);
          if (now?.state !== before?.state || now?.byId !== before?.byId) throw new Raced();
          if (after) await tx.contacts.put(me.id, other.id, after.state, after.byId, at);
          else await tx.contacts.remove(me.id, other.id);
        });
        return event;
      } catch (error) {
        if (!(error instanceof Raced)) throw error;
      }
    }
    throw new ParleyError('unavailable', 'unavailable');
  }

  #tell(to: User, type: 'contact:request' | 'contact:accepted', about: User, at: number): void {
    this.#deps.bus.publish('frame', { userId: to.id, text: contactFrame(type, about, at) });
  }
}

function seenBy(row: ContactRow, userId: number): Contact['state'] | undefined {
  switch (row.state) {
    case 'accepted':
      return 'accepted';
    case 'pending':
      return row.byId === userId ? 'outgoing' : 'incoming';
    case 'blocked':
      return row.byId === userId || row.byId === BOTH ? 'blocked' : undefined;
  }
}
