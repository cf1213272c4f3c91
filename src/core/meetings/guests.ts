import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Passwords } from '../../ports/tokens.ts';
import { forbidden, notFound, ParleyError } from '../errors.ts';
import { ACCESS_TTL_S, type Identity } from '../identity/identity.ts';
import { newId } from '../ids.ts';
import { Regularly } from '../regularly.ts';
import { sweepDue } from '../sweep.ts';
import type { LoginGuard } from '../users/login-guard.ts';
import { cleanName } from '../users/names.ts';
import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';
import type { Person } from './commands.ts';
import type { MeetingHead } from './meeting.ts';
import { isOver, subjectOf } from './meeting.ts';

/** A guest's token is good for so long: for one meeting. There is no other after it. */
export const GUEST_TTL_S = ACCESS_TTL_S;
/** What is known of a guest goes so long after their meeting. */
export const GUEST_KEPT_MS = 86_400_000;
/** How often every node looks for those who are done. */
const EVERY_MS = 60_000;

export interface GuestsDeps {
  store: Store;
  clock: Clock;
  passwords: Passwords;
  /** Without one nobody who guesses passwords is slowed down. */
  guard?: Pick<LoginGuard, 'begin' | 'succeeded'> | undefined;
  identity: Pick<Identity, 'issue'>;
  /** Who knows guests. */
  people: Pick<People, 'remove'>;
  failed: (what: string, error: unknown) => void;
}

export interface GuestAsk {
  nickname: string;
  password?: string | undefined;
  /** What the asker's address is counted as. */
  address: string;
}

/** Somebody who has come by a meeting's link, with the one token they get. */
export interface Guest {
  user: User;
  token: string;
  /** Seconds. */
  expiresIn: number;
}

/**
 * People without an account, who come to one meeting by its link where it lets them. Each is a user of
 * their own for as long as the meeting is remembered by name; coming again by the link is somebody new.
 */
export class Guests {
  readonly #deps: GuestsDeps;
  readonly #forgetting: Regularly;

  constructor(deps: GuestsDeps) {
    this.#deps = deps;
    this.#forgetting = new Regularly(
      EVERY_MS,
      () => this.forget(),
      (error) => deps.failed('forget guests', error),
    );
  }

  /** What a stranger may see of a meeting. Throws `not_found`, the same where there is none for them, and `gone`. */
  async door(id: number): Promise<MeetingHead> {
    const head = await this.#deps.store.read.meetings.head(id);
    if (!head?.settings.guests) throw notFound('meeting.no_guests');
    if (isOver(head)) throw new ParleyError('gone', 'meeting.over');
    return head;
  }

  /**
   * Makes a guest, who then joins like everybody else: by password, waiting room and places. Throws
   * what `door` does, `forbidden` (locked, wrong password), `invalid` and `limit`.
   */
  async create(id: number, { nickname, password, address }: GuestAsk): Promise<Guest> {
    const { store, clock, identity } = this.#deps;
    const displayName = cleanName(nickname, 'nickname');
    const head = await this.door(id);
    if (head.locked) throw forbidden('meeting.locked');
    if (head.hasPassword) await this.#prove(id, password, address);
    const now = clock.now();
    const user = await store.transaction((tx) =>
      tx.users.insert({
        uid: newId('guest', now),
        username: null,
        email: null,
        displayName,
        avatarUrl: null,
        role: 'user',
        status: 'active',
        tokenVersion: 1,
        createdAt: now,
        updatedAt: now,
        guestOf: id,
        guestUntil: now + GUEST_TTL_S * 1000,
      }),
    );
    return { user, ...(await identity.issue(user, GUEST_TTL_S)) };
  }

  async #prove(id: number, password: string | undefined, address: string): Promise<void> {
    const { store, passwords, guard } = this.#deps;
    if (password === undefined) throw forbidden('meeting.password_needed');
    // Not what those with an account are counted by: strangers who guess delay strangers alone.
    const attempt = { account: `${subjectOf(id)}:guests`, address };
    await guard?.begin(attempt);
    const hash = await store.read.meetings.passwordHash(id);
    if (hash !== undefined && !(await passwords.verify(password, hash)))
      throw forbidden('meeting.wrong_password');
    await guard?.succeeded(attempt);
  }

  /** Forgets guests from now on until `stop`. */
  start(): void {
    this.#forgetting.now();
    this.#forgetting.start();
  }

  stop(): Promise<void> {
    return this.#forgetting.stop();
  }

  /** Deletes those whose time has come; any node may. How many went. */
  forget(): Promise<number> {
    const { store, clock, failed } = this.#deps;
    return sweepDue({
      due: async (limit) => (await store.read.users.guestsDue(clock.now(), limit)).map(({ id }) => id),
      expire: (id) => this.#forgets(id),
      failed: (id, error) => {
        // Another node was quicker.
        const known = error instanceof ParleyError && error.code === 'not_found';
        if (!known) failed(`forget guest ${id}`, error);
      },
    });
  }

  /** Whether they are gone now; else they are looked at again later. */
  async #forgets(id: number): Promise<boolean> {
    const { store, people } = this.#deps;
    const user = await store.read.users.byId(id);
    if (!user) return false;
    const guestUntil = await this.#wanted(user);
    if (guestUntil === undefined) await people.remove(user.uid);
    else {
      await store.transaction(async (tx) => {
        // An administrator may have deleted them meanwhile: then there is nothing to look at again.
        const now = await tx.users.lock(id);
        if (now?.status !== 'deleted') await tx.users.update(id, { guestUntil });
      });
    }
    return guestUntil === undefined;
  }

  /** When to look again: while they are in the meeting, and a while after it. */
  async #wanted({ id, guestOf }: User): Promise<number | undefined> {
    const { store, clock } = this.#deps;
    const { meetings } = store.read;
    const head = guestOf === null ? undefined : await meetings.head(guestOf);
    if (!head) return undefined;
    const now = clock.now();
    if (isOver(head)) {
      const until = (head.endedAt ?? 0) + GUEST_KEPT_MS;
      return until > now ? until : undefined;
    }
    const part = await meetings.participant(head.id, id);
    return part?.state === 'online' || part?.state === 'waiting' ? now + GUEST_KEPT_MS : undefined;
  }
}

/** Somebody as a meeting has them. Another meeting's guest is nobody here: throws `not_found`. */
export function personOf({ id, uid, guestOf }: User, meetingId: number): Person {
  if (guestOf !== null && guestOf !== meetingId) throw notFound('user.unknown', { uid });
  return { userId: id, uid, guest: guestOf !== null };
}
