import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import { attempts, Overtaken } from '../attempts.ts';
import type { ErrorCode } from '../errors.ts';
import { notFound, ParleyError } from '../errors.ts';
import { shownAs } from '../users/shown.ts';
import { apply, applyAll } from './apply.ts';
import { type Beginning, type Begun, begin } from './begin.ts';
import type { MeetingCommand, Refusal } from './commands.ts';
import { decide } from './decide.ts';
import { aboutOf, describe } from './describe.ts';
import { changesPeople, isTold, type MeetingEvent } from './events.ts';
import type { Meeting, MeetingRules } from './meeting.ts';
import { participantOf, subjectOf } from './meeting.ts';

/**
 * What else follows from a change, written in its transaction, which may run again; what it answers is
 * done after the commit.
 */
export type Follow = (tx: Transaction, change: Change) => Promise<(() => void) | undefined>;

export interface MachineDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  rules: MeetingRules;
  follow?: Follow | undefined;
}

/** Makes a command of the meeting as it is; what it throws or writes is of the same transaction. */
export type Make = (tx: Transaction, meeting: Meeting) => Promise<MeetingCommand>;

/** What can be done in one transaction. Nothing of it is told, or done to the engine, before it commits. */
export interface Steps {
  tx: Transaction;
  now: number;
  runs(id: number, make: Make): Promise<Change>;
  begins(begun: Begun, passwordHash?: string | null): Promise<Meeting>;
}

/** A command's outcome; without events it took effect before, or changes nothing. */
export interface Change {
  before: Meeting;
  meeting: Meeting;
  events: readonly MeetingEvent[];
}

/** Runs the meeting machine on storage: one transaction holds the meeting, its people and its events. */
export class Machine {
  readonly #deps: MachineDeps;

  constructor(deps: MachineDeps) {
    this.#deps = deps;
  }

  async begin(beginning: Beginning, passwordHash: string | null): Promise<Meeting> {
    return (
      await this.together(({ begins }) => begins(begin(beginning, this.#deps.clock.now()), passwordHash))
    ).result;
  }

  /** Gives a command to a meeting. Throws `not_found` and what its refusal is. */
  async run(id: number, make: Make): Promise<Change> {
    return (await this.together(({ runs }) => runs(id, make))).result;
  }

  /** Several meetings as one change. Work that takes more than one takes them in the order of their numbers. */
  async together<T>(work: (steps: Steps) => Promise<T>): Promise<{ result: T; changes: readonly Change[] }> {
    const { store, clock } = this.#deps;
    const done = await attempts('meeting.contended', () => {
      const now = clock.now();
      return store.transaction(async (tx) => {
        const changes: Change[] = [];
        const kept = (change: Change) => {
          changes.push(change);
          return change;
        };
        const result = await work({
          tx,
          now,
          runs: async (id, make) => kept(await this.#attempt(tx, id, make, now)),
          begins: async (begun, hash = null) => kept(await this.#begin(tx, begun, hash, now)).meeting,
        });
        const after: ((() => void) | undefined)[] = [];
        for (const change of changes) after.push(await this.#deps.follow?.(tx, change));
        return { result, changes, after };
      });
    });
    for (const change of done.changes) this.#publish(change);
    for (const then of done.after) then?.();
    return done;
  }

  async #begin(tx: Transaction, { before, meeting, events }: Begun, hash: string | null, now: number) {
    const inserted = await tx.meetings.insert(meeting, hash);
    await append(tx, { ...before, id: inserted.id }, inserted, events, now);
    return { before, meeting: inserted, events };
  }

  async #attempt(tx: Transaction, id: number, make: Make, now: number): Promise<Change> {
    const before = await tx.meetings.lock(id);
    if (!before) throw notFound('meeting.unknown');
    const decision = decide(before, await make(tx, before), now, this.#deps.rules);
    if (!decision.ok) throw refusalError(decision.refusal);
    const { events } = decision;
    if (events.length === 0) return { before, meeting: before, events };
    const saved = await tx.meetings.save(before, applyAll(before, events, now));
    if (!saved) throw new Overtaken();
    await append(tx, before, saved, events, now);
    return { before, meeting: saved, events };
  }

  #publish({ meeting: { id, parentId }, events }: Change): void {
    const { bus } = this.#deps;
    if (events.some(isTold)) bus.publish('committed', { subject: subjectOf(id) });
    if (parentId !== null && events.some(changesPeople)) bus.publish('breakouts', { meetingId: parentId });
  }
}

/** `saved` is the meeting after all of them: it knows the numbers that the database gave. */
async function append(
  tx: Transaction,
  before: Meeting,
  saved: Meeting,
  events: readonly MeetingEvent[],
  at: number,
): Promise<void> {
  const told = events.filter(isTold);
  if (told.length === 0) return;
  const ids = [...new Set(told.flatMap(aboutOf))];
  const users = ids.length === 0 ? [] : await tx.users.byIds(ids);
  const names = new Map(users.map((user) => [user.id, shownAs(user)]));
  const subject = subjectOf(saved.id);
  let meeting = before;
  const logged = events.flatMap((event) => {
    const was = meeting;
    meeting = numbered(apply(was, event, at), saved);
    if (!isTold(event)) return [];
    const data = describe(event, was, meeting, names);
    return [{ subject, seq: meeting.version, at, type: event.type, data }];
  });
  await tx.events.append(logged);
}

/** People who came in this change get the numbers that they were given. */
const numbered = (meeting: Meeting, saved: Meeting): Meeting => ({
  ...meeting,
  participants: meeting.participants.map((part) =>
    part.id === 0 ? { ...part, id: participantOf(saved, part.userId)?.id ?? 0 } : part,
  ),
});

const REFUSALS: Readonly<Record<Refusal, readonly [ErrorCode, string]>> = {
  over: ['gone', 'meeting.over'],
  ongoing: ['conflict', 'meeting.ongoing'],
  not_started: ['conflict', 'meeting.not_started'],
  full: ['conflict', 'meeting.full'],
  locked: ['forbidden', 'meeting.locked'],
  removed: ['forbidden', 'meeting.removed'],
  wrong_password: ['forbidden', 'meeting.wrong_password'],
  not_in: ['forbidden', 'meeting.not_in'],
  no_participant: ['not_found', 'meeting.no_participant'],
  not_online: ['conflict', 'meeting.not_online'],
  no_guests: ['not_found', 'meeting.no_guests'],
  guest: ['forbidden', 'meeting.guest_role'],
  host_needed: ['conflict', 'meeting.host_needed'],
  breakouts_open: ['conflict', 'breakout.open'],
  no_breakouts: ['conflict', 'breakout.none'],
  nested: ['conflict', 'breakout.nested'],
  other_room: ['forbidden', 'breakout.other_room'],
  steered: ['conflict', 'breakout.steered'],
  audio_only: ['forbidden', 'meeting.audio_only'],
  no_screen_share: ['forbidden', 'meeting.no_screen_share'],
};

function refusalError(refusal: Refusal): ParleyError {
  const [code, key] = REFUSALS[refusal];
  return new ParleyError(code, key);
}
