import type { Clock } from '../../ports/clock.ts';
import type { Page } from '../../ports/store/meetings.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import type { Passwords } from '../../ports/tokens.ts';
import type { Asker } from '../calls/ask.ts';
import { actor, byOf } from '../calls/ask.ts';
import { forbidden, invalid, notFound, ParleyError } from '../errors.ts';
import { oversees } from '../meetings/access.ts';
import { cleanAsk, cleanPassword } from '../meetings/clean.ts';
import type { MeetingHead, Meetings } from '../meetings/index.ts';
import type { Steps } from '../meetings/machine.ts';
import { sweepDue } from '../sweep.ts';
import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';
import { changed, cleanTiming, type SeriesAsk, type SeriesPatch } from './clean.ts';
import { cancel, follow, make } from './hand.ts';
import { type Occurrence, occurrencesOf } from './occurrences.ts';
import { parted } from './part.ts';
import { noOccurrence } from './rule.ts';
import { AHEAD, LOOK_MS, type Series, type Timing } from './series.ts';

const DAY_MS = 86_400_000;

export interface RecurringDeps {
  store: Store;
  clock: Clock;
  meetings: Pick<Meetings, 'together'>;
  people: Pick<People, 'find' | 'get' | 'resolve'>;
  passwords: Passwords;
  failed: (what: string, error: unknown) => void;
}

/** A series, and its meeting that goes on or comes next. */
export interface SeriesView {
  series: Series;
  next: MeetingHead | undefined;
}

/**
 * Meetings that recur. A meeting of contract E never begins again, so each occurrence is one of its
 * own, made ahead of its time; a series is what they are made by. A change of it and of all its
 * meetings is one transaction.
 */
export class RecurringMeetings {
  readonly #deps: RecurringDeps;

  constructor(deps: RecurringDeps) {
    this.#deps = deps;
  }

  /** A service names the creator. Throws `invalid`, `not_found`. */
  async create(asker: Asker, ask: SeriesAsk): Promise<SeriesView> {
    const { clock, meetings } = this.#deps;
    const { startTime: _, endTime: __, ...particulars } = cleanAsk(ask);
    const timing = cleanTiming(ask);
    const now = clock.now();
    const ahead = occurrencesAhead(timing, now);
    const creator = await this.#creator(asker, ask.creator);
    const hash = await this.#hash(ask.password);
    const fresh: Series = {
      ...particulars,
      ...timing,
      id: 0,
      creatorId: creator.id,
      hasPassword: hash !== null,
      state: 'active',
      madeUntil: lastOf(ahead),
      lookAt: now + LOOK_MS,
      createdAt: now,
      updatedAt: now,
      version: 1,
    };
    const series = await meetings.together(async (steps) => {
      const kept = await steps.tx.series.insert(fresh, hash);
      for (const one of ahead) await make(steps, kept, hash, one, creator);
      return kept;
    });
    return this.#view(series);
  }

  /** For those who have it or a part in one of its meetings. */
  async get(asker: Asker, id: number): Promise<SeriesView> {
    return this.#view(await this.#readable(asker, id));
  }

  /** All that were made, soonest first. */
  async meetings(asker: Asker, id: number, page: Page): Promise<{ meetings: MeetingHead[]; total: number }> {
    const { series } = this.#deps.store.read;
    await this.#readable(asker, id);
    const [meetings, total] = await Promise.all([series.meetings(id, page), series.countMeetings(id)]);
    return { meetings, total };
  }

  /** Those one has made, newest first. */
  async mine(asker: Asker, page: Page): Promise<{ series: SeriesView[]; total: number }> {
    const { principal } = asker;
    if (principal.kind === 'service') throw forbidden('series.not_yours');
    const { series } = this.#deps.store.read;
    const [found, total] = await Promise.all([
      series.ofCreator(principal.user.id, page),
      series.countOf(principal.user.id),
    ]);
    return { series: await this.#views(found), total };
  }

  /**
   * Changes what its meetings are like and when they are, of all that are to come but those that were
   * changed one by one. `from` one of its meetings on it becomes a series of its own, which is answered.
   * Throws `gone` for one that has ended.
   */
  async update(asker: Asker, id: number, patch: SeriesPatch, from?: number): Promise<SeriesView> {
    const { password } = patch;
    checkOwn(asker, await this.#known(id));
    const hash = await this.#hash(password ?? undefined);
    const series = await this.#deps.meetings.together(async (steps) => {
      const whole = await held(steps.tx, id);
      if (whole.state === 'ended') throw new ParleyError('gone', 'series.over');
      const oldHash = (await steps.tx.series.passwordHash(id)) ?? null;
      const before = await goingOn(steps, whole, oldHash, from);
      const newHash = password === undefined ? oldHash : hash;
      const after = { ...changed(before, patch), hasPassword: newHash !== null };
      const ahead = await rewrite(steps, [before, oldHash], [after, newHash], asker);
      if (newHash !== oldHash) await steps.tx.series.setPassword(before.id, newHash);
      return save(steps, { ...after, madeUntil: lastOf(ahead) });
    });
    return this.#view(series);
  }

  /** Cancels all of its meetings that have not begun, or those `from` one of them on; once more changes nothing. */
  async cancel(asker: Asker, id: number, from?: number): Promise<SeriesView> {
    checkOwn(asker, await this.#known(id));
    const series = await this.#deps.meetings.together(async (steps) => {
      const before = await held(steps.tx, id);
      if (before.state === 'ended') return before;
      const day = await dayOf(steps, before, from);
      for (const one of await steps.tx.series.made(id)) {
        const { meetingId } = one;
        if (one.status !== 'scheduled' || (day !== undefined && one.day < day)) continue;
        await cancel(steps, meetingId, asker);
      }
      const rest = day === undefined ? undefined : parted(before, day)?.before;
      return save(steps, rest ? { ...rest, lookAt: steps.now } : { ...before, state: 'ended', lookAt: null });
    });
    return this.#view(series);
  }

  /** Makes the meetings whose time has come near, of every series; any node may. How many changed. */
  sweep(): Promise<number> {
    const { store, clock, failed } = this.#deps;
    return sweepDue({
      due: (limit) => store.read.series.due(clock.now(), limit),
      expire: (id) => this.#look(id),
      failed: (id, error) => failed(`make the meetings of series ${id}`, error),
    });
  }

  /** Whoever comes second finds it looked at. A banned creator's waits; a deleted one's is over. */
  #look(id: number): Promise<boolean> {
    return this.#deps.meetings.together(async (steps) => {
      const { tx, now } = steps;
      const series = await tx.series.lock(id);
      if (!series || series.lookAt === null || series.lookAt > now) return false;
      const creator = await tx.users.byId(series.creatorId);
      const ahead = occurrencesAhead(series, now);
      const over = ahead.length === 0 || !creator || creator.status === 'deleted';
      if (over) {
        await save(steps, { ...series, state: 'ended', lookAt: null });
        return true;
      }
      const lookAt = now + LOOK_MS;
      if (creator.status !== 'active') {
        await save(steps, { ...series, lookAt });
        return true;
      }
      const hash = (await tx.series.passwordHash(id)) ?? null;
      const fresh = ahead.filter(({ at }) => at > series.madeUntil);
      // A day can have its meeting already, of a rule that reached further.
      const made = fresh[0] ? await tx.series.made(id, fresh[0].day) : [];
      const taken = new Set(made.map(({ day }) => day));
      for (const one of fresh) if (!taken.has(one.day)) await make(steps, series, hash, one, creator);
      await save(steps, { ...series, madeUntil: Math.max(series.madeUntil, lastOf(ahead)), lookAt });
      return true;
    });
  }

  async #creator(asker: Asker, who: string | number | undefined): Promise<User> {
    if (who !== undefined) return actor(this.#deps, asker, who, true);
    if (asker.principal.kind === 'service') throw invalid('creator');
    return asker.principal.user;
  }

  async #hash(password: string | undefined): Promise<string | null> {
    return password === undefined ? null : this.#deps.passwords.hash(cleanPassword(password));
  }

  async #known(id: number): Promise<Series> {
    const series = await this.#deps.store.read.series.get(id);
    if (!series) throw notFound('series.unknown');
    return series;
  }

  async #readable(asker: Asker, id: number): Promise<Series> {
    const series = await this.#known(id);
    const { principal } = asker;
    const part =
      principal.kind === 'user' && (await this.#deps.store.read.series.isIn(id, principal.user.id));
    if (!part) checkOwn(asker, series);
    return series;
  }

  async #view(one: Series): Promise<SeriesView> {
    const next = await this.#nextOf([one]);
    return { series: one, next: next.get(one.id) };
  }

  async #views(some: readonly Series[]): Promise<SeriesView[]> {
    const next = await this.#nextOf(some);
    return some.map((one) => ({ series: one, next: next.get(one.id) }));
  }

  #nextOf(some: readonly Series[]): Promise<Map<number, MeetingHead>> {
    const { store, clock } = this.#deps;
    return store.read.series.nextOf(
      some.map(({ id }) => id),
      clock.now(),
    );
  }
}

/** The day that a meeting of a series stands for. Throws `invalid` for another meeting. */
async function dayOf(
  { tx }: Steps,
  { id }: Series,
  meetingId: number | undefined,
): Promise<string | undefined> {
  if (meetingId === undefined) return undefined;
  const head = await tx.meetings.head(meetingId);
  if (head?.seriesId !== id || head.occurrenceDay === null) throw invalid('from_meeting');
  return head.occurrenceDay;
}

/** The part of a series that is to be changed: from one of its meetings on, by itself and with those. */
async function goingOn(
  steps: Steps,
  series: Series,
  passwordHash: string | null,
  from: number | undefined,
): Promise<Series> {
  const day = await dayOf(steps, series, from);
  const parts = day === undefined ? undefined : parted(series, day);
  if (day === undefined || !parts) return series;
  const { tx, now } = steps;
  const after = await tx.series.insert(
    { ...parts.after, createdAt: now, updatedAt: now, version: 1 },
    passwordHash,
  );
  await tx.series.move(series.id, after.id, day);
  await save(steps, { ...parts.before, lookAt: now });
  return after;
}

/** What is made already follows the change, what it adds is made. Answers what is ahead now. */
async function rewrite(
  steps: Steps,
  [before, oldHash]: readonly [Series, string | null],
  [after, newHash]: readonly [Series, string | null],
  asker: Asker,
): Promise<Occurrence[]> {
  const { tx, now } = steps;
  const made = new Map((await tx.series.made(before.id)).map((one) => [one.day, one]));
  const past = now - before.durationMs;
  const furthest = reach(before, made.keys());
  const was = byDay(occurrencesOf(before, { after: past, before: furthest, least: 0 }));
  const ahead = occurrencesAhead(after, now);
  const further = occurrencesOf(after, { after: now - after.durationMs, before: furthest, least: 0 });
  const is = byDay([...ahead, ...further]);
  for (const [day, { meetingId, status }] of made) {
    const at = was.get(day);
    if (status !== 'scheduled' || at === undefined) continue;
    const then = is.get(day);
    const said = then === undefined ? null : { series: after, passwordHash: newHash, at: then };
    await follow(steps, meetingId, { series: before, passwordHash: oldHash, at }, said, asker);
  }
  const creator = await tx.users.byId(before.creatorId);
  if (!creator) throw notFound('user.unknown');
  for (const one of ahead) {
    // A day that had its meeting and has none now: somebody has taken it away.
    const known = made.has(one.day) || (was.get(one.day) ?? Number.POSITIVE_INFINITY) <= before.madeUntil;
    if (!known) await make(steps, after, newHash, one, creator);
  }
  return ahead;
}

/** After all meetings there are: also those that a rule of before has had made further ahead. */
const reach = ({ madeUntil }: Series, days: Iterable<string>): number =>
  Math.max(madeUntil + 1, ...[...days].map((day) => Date.parse(`${day}T00:00:00Z`) + 2 * DAY_MS));

/** Those that are not past and begin soon, and at least the next few. */
const occurrencesAhead = (timing: Timing & { durationMs: number }, now: number): Occurrence[] =>
  occurrencesOf(timing, { after: now - timing.durationMs, before: now + AHEAD.ms, least: AHEAD.least });

const byDay = (list: readonly Occurrence[]) => new Map(list.map(({ day, at }) => [day, at]));

/** When the last of them begins. Throws `invalid` where there is none. */
function lastOf(list: readonly Occurrence[]): number {
  const last = list.at(-1);
  if (!last) throw noOccurrence();
  return last.at;
}

async function held(tx: Transaction, id: number): Promise<Series> {
  const series = await tx.series.lock(id);
  if (!series) throw notFound('series.unknown');
  return series;
}

async function save({ tx, now }: Steps, series: Series): Promise<Series> {
  const next = { ...series, updatedAt: now, version: series.version + 1 };
  await tx.series.save(next);
  return next;
}

/** Its creator, administrators and services. Throws `forbidden`. */
function checkOwn(asker: Asker, { creatorId }: Series): void {
  if (!oversees(asker.principal) && byOf(asker) !== creatorId) throw forbidden('series.not_yours');
}
