import type { Page } from '../../ports/store/meetings.ts';
import type { Store } from '../../ports/store.ts';
import type { Asker } from '../calls/ask.ts';
import { conflict, forbidden } from '../errors.ts';
import { checkPart, hasBeenIn } from '../meetings/access.ts';
import { asOf, type Known, known, ofMeeting, type Principal, runsPolls, seenBy, viewOf } from './known.ts';
import type { Poll, PollView, Vote } from './poll.ts';

/** What is known of polls, and who may know it: those who have been in the meeting, and those who run it. */
export class PollReads {
  readonly #store: Pick<Store, 'read'>;

  constructor({ store }: { store: Pick<Store, 'read'> }) {
    this.#store = store;
  }

  /** Newest first; drafts are for those who may open them. */
  async list(
    { principal }: Asker,
    meetingId: number,
    page: Page,
  ): Promise<{ polls: PollView[]; total: number }> {
    const { polls } = this.#store.read;
    const { head, part } = await this.#here(principal, meetingId);
    const drafts = runsPolls(principal, part);
    const [found, total] = await Promise.all([
      polls.page(meetingId, page, drafts),
      polls.count(meetingId, drafts),
    ]);
    const now = found.map((poll) => asOf(poll, head));
    return { polls: await this.answered(principal, now), total };
  }

  async get({ principal }: Asker, meetingId: number, id: number): Promise<PollView> {
    const here = await this.#here(principal, meetingId);
    const found = seenBy(principal, here, await this.#store.read.polls.byId(id));
    const poll = asOf(found, here.head);
    const [view] = await this.answered(principal, [poll]);
    return view ?? viewOf(poll, undefined);
  }

  /** Who chose what, for those who run the meeting. Throws `conflict` where nobody is to know. */
  async votes(
    { principal }: Asker,
    meetingId: number,
    id: number,
    page: Page,
  ): Promise<{ votes: Vote[]; total: number }> {
    const { polls } = this.#store.read;
    const { part } = await this.#here(principal, meetingId);
    checkPart(principal, part, 'poll');
    const poll = ofMeeting(await polls.byId(id), meetingId);
    if (poll.anonymous) throw conflict('poll.anonymous');
    return { votes: await polls.votes(id, page), total: poll.voters };
  }

  /** Those that somebody who comes in can answer now, oldest first. */
  async current({ principal }: Asker, meetingId: number): Promise<PollView[]> {
    return this.answered(principal, await this.#store.read.polls.open(meetingId));
  }

  /** Polls with what the asker has said of each: one read for all of them. */
  protected async answered(principal: Principal, polls: readonly Poll[]): Promise<PollView[]> {
    if (polls.length === 0 || principal.kind === 'service') {
      return polls.map((poll) => viewOf(poll, undefined));
    }
    const ids = polls.map(({ id }) => id);
    const own = await this.#store.read.polls.votesOf(principal.user.id, ids);
    return polls.map((poll) => viewOf(poll, own.get(poll.id)));
  }

  async #here(principal: Principal, meetingId: number): Promise<Known> {
    const here = await known(this.#store.read, principal, meetingId);
    if (!runsPolls(principal, here.part) && !hasBeenIn(here.part)) throw forbidden('meeting.not_in');
    return here;
  }
}
