import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import { attempts, Overtaken } from '../attempts.ts';
import type { Asker } from '../calls/ask.ts';
import { byOf } from '../calls/ask.ts';
import { conflict, ParleyError } from '../errors.ts';
import { checkPart } from '../meetings/access.ts';
import { isOver, type MeetingHead, subjectOf } from '../meetings/meeting.ts';
import { sweepDue } from '../sweep.ts';
import { cleanChange, cleanPoll, type PollAsk, type PollPatch } from './clean.ts';
import { closed, opened, told } from './decide.ts';
import { shownPoll } from './describe.ts';
import { known, ofMeeting, type Principal, viewOf } from './known.ts';
import type { Poll, PollView } from './poll.ts';
import { PollReads } from './reads.ts';
import { tell } from './tell.ts';
import { vote } from './vote.ts';

export interface PollsDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  failed: (what: string, error: unknown) => void;
}

/** So many can be open in one meeting: whoever comes in is told of all of them. */
const MOST_OPEN = 10;

type Decide = (poll: Poll, head: MeetingHead, tx: Transaction) => Promise<Poll | undefined>;

/**
 * What is asked of those in a meeting. What everybody is told of holds the meeting, then the poll. How
 * votes fall is told at most once a second of each poll. What is open when its meeting ends is closed
 * from then on; what is over stays as it was.
 */
export class Polls extends PollReads {
  readonly #deps: PollsDeps;

  constructor(deps: PollsDeps) {
    super(deps);
    this.#deps = deps;
  }

  /** A draft, which those who may open it know of. Throws `invalid`, `forbidden`, `gone`. */
  async create({ principal }: Asker, meetingId: number, ask: PollAsk): Promise<PollView> {
    const particulars = cleanPoll(ask);
    const { store, clock } = this.#deps;
    const poll = await store.transaction(async (tx) => {
      await manage(tx, principal, meetingId);
      return tx.polls.insert({
        id: 0,
        meetingId,
        creatorId: byOf({ principal }),
        ...particulars,
        status: 'draft',
        counts: particulars.options.map(() => 0),
        voters: 0,
        createdAt: clock.now(),
        openedAt: null,
        closedAt: null,
        toldAt: null,
        dueAt: null,
      });
    });
    return viewOf(poll, undefined);
  }

  /** Of a draft only: what people have answered stays what it was. Throws `conflict`. */
  async update({ principal }: Asker, meetingId: number, id: number, patch: PollPatch): Promise<PollView> {
    const poll = await this.#deps.store.transaction(async (tx) => {
      await manage(tx, principal, meetingId);
      const draft = ofMeeting(await tx.polls.lock(id), meetingId);
      if (draft.status !== 'draft') throw conflict('poll.not_draft');
      const changed = { ...draft, ...cleanChange(draft, patch) };
      const next = { ...changed, counts: changed.options.map(() => 0) };
      await tx.polls.save(next);
      return next;
    });
    return viewOf(poll, undefined);
  }

  /** Asks everybody; once more answers the same. Throws `conflict` for one that is closed, and before the meeting has begun. */
  open(asker: Asker, meetingId: number, id: number): Promise<PollView> {
    return this.#change(asker, meetingId, id, 'meeting.poll_opened', async (poll, head, tx) => {
      const next = opened(poll, this.#deps.clock.now());
      if (!next) return undefined;
      if (head.status !== 'ongoing') throw conflict('meeting.not_started');
      if ((await tx.polls.open(meetingId)).length >= MOST_OPEN) throw conflict('poll.many_open');
      return next;
    });
  }

  /** No more votes; everybody sees how they fell. Once more answers the same. */
  close(asker: Asker, meetingId: number, id: number): Promise<PollView> {
    return this.#change(asker, meetingId, id, 'meeting.poll_closed', async (poll) =>
      closed(poll, this.#deps.clock.now()),
    );
  }

  /** With its votes; of a draft nobody is told. */
  async remove({ principal }: Asker, meetingId: number, id: number): Promise<void> {
    const { store, clock, bus } = this.#deps;
    const subject = subjectOf(meetingId);
    const wasTold = await attempts('meeting.contended', () =>
      store.transaction(async (tx) => {
        await manage(tx, principal, meetingId);
        const seen = ofMeeting(await tx.polls.byId(id), meetingId);
        const seq = seen.status === 'draft' ? undefined : await bump(tx, meetingId);
        const poll = ofMeeting(await tx.polls.lock(id), meetingId);
        if (poll.status !== 'draft' && seq === undefined) throw new Overtaken();
        await tx.polls.remove(id);
        if (seq === undefined) return false;
        const data = { meeting_id: meetingId, poll_id: id, by: byOf({ principal }) };
        await tx.events.append([{ subject, seq, at: clock.now(), type: 'meeting.poll_removed', data }]);
        return true;
      }),
    );
    if (wasTold) bus.publish('committed', { subject });
  }

  /**
   * One's own answer, by the options' places; again it is another answer, but an anonymous one is
   * final. Throws `forbidden` for who is not in the meeting now, `conflict` where it is not open.
   */
  async vote(asker: Asker, meetingId: number, id: number, chosen: readonly number[]): Promise<PollView> {
    const view = await vote(this.#deps, asker, { meetingId, id, chosen });
    if (told(view.poll, this.#deps.clock.now())) await this.#tell(id);
    return view;
  }

  /** Tells how votes fell wherever that is due; any node may. How many polls. */
  sweep(): Promise<number> {
    const { store, clock, failed } = this.#deps;
    return sweepDue({
      due: (limit) => store.read.polls.due(clock.now(), limit),
      expire: (id) => tell(this.#deps, id),
      failed: (id, error) => failed(`tell of poll ${id}`, error),
    });
  }

  /** A vote counts whether or not it could be told: the next look tries again. */
  #tell(id: number): Promise<boolean> {
    return tell(this.#deps, id).catch((error) => {
      this.#deps.failed(`tell of poll ${id}`, error);
      return false;
    });
  }

  /** The next state of a poll and everybody's news of it, decided with both held. */
  async #change(
    { principal }: Asker,
    meetingId: number,
    id: number,
    type: string,
    decide: Decide,
  ): Promise<PollView> {
    const { store, clock, bus } = this.#deps;
    const subject = subjectOf(meetingId);
    const { poll, changed } = await attempts('meeting.contended', () =>
      store.transaction(async (tx) => {
        const before = await manage(tx, principal, meetingId);
        const seen = ofMeeting(await tx.polls.byId(id), meetingId);
        if (!(await decide(seen, before, tx))) return { poll: seen, changed: false };
        const seq = await bump(tx, meetingId);
        const head = await manage(tx, principal, meetingId);
        const next = await decide(ofMeeting(await tx.polls.lock(id), meetingId), head, tx);
        // Somebody did the same meanwhile; the meeting's number is given back with the transaction.
        if (!next) throw new Overtaken();
        await tx.polls.save(next);
        const data = { ...shownPoll(next), by: byOf({ principal }) };
        await tx.events.append([{ subject, seq, at: clock.now(), type, data }]);
        return { poll: next, changed: true };
      }),
    );
    if (changed) bus.publish('committed', { subject });
    const [view] = await this.answered(principal, [poll]);
    return view ?? viewOf(poll, undefined);
  }
}

/** Throws unless the asker may make polls in a meeting that is not over. */
async function manage(tx: Transaction, principal: Principal, meetingId: number): Promise<MeetingHead> {
  const { head, part } = await known(tx, principal, meetingId);
  checkPart(principal, part, 'poll');
  if (isOver(head)) throw new ParleyError('gone', 'meeting.over');
  return head;
}

async function bump({ meetings }: Transaction, meetingId: number): Promise<number> {
  const seq = await meetings.bump(meetingId);
  if (seq === undefined) throw new ParleyError('gone', 'meeting.over');
  return seq;
}
