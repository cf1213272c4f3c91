import type { Envelope } from './accounts.ts';
import { queryOf } from './meeting-wire.ts';
import type { NewPoll, Poll, PollChanges, PollVote } from './poll-types.ts';
import type { WirePoll, WirePolls, WireVotes } from './poll-wire.ts';
import { pollOf, voteOf } from './poll-wire.ts';
import type { Rest } from './rest.ts';

interface Paged {
  page?: number;
  pageSize?: number;
}

const at = (meetingId: number, rest = '') => `/api/v1/meetings/${meetingId}/polls${rest}`;

/** What is asked of those in a meeting. Making, opening and closing are for those who run it. */
export class Polls {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /** Newest first, also when the meeting is over; drafts for those who may open them. */
  async list(meetingId: number, query: Paged = {}): Promise<{ polls: Poll[]; total: number }> {
    const { data } = await this.#rest.get<Envelope<WirePolls>>(at(meetingId), queryOf(query));
    return { polls: data.polls.map(pollOf), total: data.total };
  }

  get(meetingId: number, id: number): Promise<Poll> {
    return poll(this.#rest.get(at(meetingId, `/${id}`)));
  }

  /** A draft: nobody else sees it until it is opened. */
  create(meetingId: number, made: NewPoll): Promise<Poll> {
    return poll(this.#rest.post(at(meetingId), made));
  }

  /** Of a draft only. */
  update(meetingId: number, id: number, changes: PollChanges): Promise<Poll> {
    return poll(this.#rest.put(at(meetingId, `/${id}`), changes));
  }

  /** Asks everybody in the meeting. */
  open(meetingId: number, id: number): Promise<Poll> {
    return poll(this.#rest.post(at(meetingId, `/${id}/open`)));
  }

  /** No more votes; everybody sees how they fell. */
  close(meetingId: number, id: number): Promise<Poll> {
    return poll(this.#rest.post(at(meetingId, `/${id}/close`)));
  }

  /** With its votes. */
  async remove(meetingId: number, id: number): Promise<void> {
    await this.#rest.delete(at(meetingId, `/${id}`));
  }

  /** By the options' places; again it is another answer, unless the poll is anonymous. */
  vote(meetingId: number, id: number, options: readonly number[]): Promise<Poll> {
    return poll(this.#rest.post(at(meetingId, `/${id}/votes`), { options }));
  }

  /** Who chose what, for those who run the meeting. Rejects with `conflict` where the poll is anonymous. */
  async votes(
    meetingId: number,
    id: number,
    query: Paged = {},
  ): Promise<{ votes: PollVote[]; total: number }> {
    const path = at(meetingId, `/${id}/votes`);
    const { data } = await this.#rest.get<Envelope<WireVotes>>(path, queryOf(query));
    return { votes: data.votes.map(voteOf), total: data.total };
  }
}

const poll = async (answer: Promise<Envelope<WirePoll>>): Promise<Poll> => pollOf((await answer).data);
