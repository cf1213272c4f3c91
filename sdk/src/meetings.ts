import type { Envelope } from './accounts.ts';
import { Breakouts } from './breakouts.ts';
import { Invitations } from './invitations.ts';
import type { LineOptions } from './meeting-line.ts';
import { MeetingLine } from './meeting-line.ts';
import type {
  Meeting,
  MeetingChanges,
  MeetingEntry,
  MeetingMessage,
  MeetingPage,
  MeetingParticipant,
  MeetingQuery,
  MeetingRole,
  NewMeeting,
} from './meeting-types.ts';
import type {
  WireEntry,
  WireMeeting,
  WireMeetings,
  WireMessage,
  WireMessages,
  WireParticipant,
  WireParticipants,
} from './meeting-wire.ts';
import { changesOf, entryOf, meetingOf, messageOf, participantOf, queryOf } from './meeting-wire.ts';
import { Polls } from './polls.ts';
import type { ReconnectPolicy } from './reconnect-policy.ts';
import type { Rest } from './rest.ts';
import { SeriesOfMeetings } from './series.ts';

const BASE = '/api/v1/meetings';
const at = (id: number, rest = '') => `${BASE}/${id}${rest}`;

/** Planned and running meetings: what one may see and do of them over REST. The live part is a `MeetingLine`. */
export class Meetings {
  readonly polls: Polls;
  readonly series: SeriesOfMeetings;
  readonly invitations: Invitations;
  readonly breakouts: Breakouts;
  readonly #rest: Rest;
  readonly #policy: ReconnectPolicy;

  constructor(rest: Rest, policy: ReconnectPolicy) {
    this.#rest = rest;
    this.polls = new Polls(rest);
    this.series = new SeriesOfMeetings(rest);
    this.invitations = new Invitations(rest);
    this.breakouts = new Breakouts(rest);
    this.#policy = policy;
  }

  /** Comes in and stays, whatever happens to the network; `await line.ready` when that matters. */
  open(id: number, options: LineOptions = {}): MeetingLine {
    return new MeetingLine(this, id, this.#policy, options);
  }

  async create(meeting: NewMeeting): Promise<Meeting> {
    return this.#meeting(this.#rest.post(BASE, changesOf(meeting)));
  }

  /** Rejects with `forbidden` when it has a password and one is not in it. */
  async get(id: number): Promise<Meeting> {
    return this.#meeting(this.#rest.get(at(id)));
  }

  async update(id: number, changes: MeetingChanges): Promise<Meeting> {
    return this.#meeting(this.#rest.put(at(id), changesOf(changes)));
  }

  /** As a file for calendars (`.ics`). Rejects with `conflict` when no time is planned. */
  calendar(id: number): Promise<string> {
    return this.#rest.text(at(id, '/calendar.ics'));
  }

  /** Cancels one that has not begun; takes one that is over out of the lists. */
  async delete(id: number): Promise<void> {
    await this.#rest.delete(at(id));
  }

  async start(id: number): Promise<Meeting> {
    return this.#meeting(this.#rest.post(at(id, '/start')));
  }

  /** For everybody in it. */
  async end(id: number): Promise<Meeting> {
    return this.#meeting(this.#rest.post(at(id, '/end')));
  }

  /** One's own: made, or in. */
  mine(query: MeetingQuery = {}): Promise<MeetingPage> {
    return this.#page('/api/v1/my/meetings', query);
  }

  /** Going on or planned, soonest first. */
  upcoming(query: Pick<MeetingQuery, 'page' | 'pageSize'> = {}): Promise<MeetingPage> {
    return this.#page('/api/v1/my/meetings/upcoming', query);
  }

  /** What is over, the latest first. */
  history(query: Pick<MeetingQuery, 'page' | 'pageSize'> = {}): Promise<MeetingPage> {
    return this.#page('/api/v1/my/meetings/history', query);
  }

  /** All of them, for administrators; else the same as one's own. */
  list(query: MeetingQuery = {}): Promise<MeetingPage> {
    return this.#page(BASE, query);
  }

  /** Comes in, or waits to be let in; again for fresh ways in. Rejects with `forbidden` for a wrong password. */
  async join(id: number, password?: string): Promise<MeetingEntry> {
    const body = password === undefined ? {} : { password };
    return entryOf((await this.#rest.post<Envelope<WireEntry>>(at(id, '/join'), body)).data);
  }

  async leave(id: number): Promise<void> {
    await this.#rest.post(at(id, '/leave'));
  }

  async participants(
    id: number,
    query: { page?: number; pageSize?: number; status?: MeetingParticipant['status'] } = {},
  ): Promise<{ participants: MeetingParticipant[]; total: number }> {
    const { data } = await this.#rest.get<Envelope<WireParticipants>>(
      at(id, '/participants'),
      queryOf(query),
    );
    return { participants: data.participants.map(participantOf), total: data.total };
  }

  /** Names somebody, lets in who waits, brings back who was removed. */
  async add(id: number, userId: number, role?: MeetingRole): Promise<MeetingParticipant> {
    const body = { user_id: userId, ...(role && { role }) };
    const { data } = await this.#rest.post<Envelope<WireParticipant>>(at(id, '/participants'), body);
    return participantOf(data);
  }

  async remove(id: number, userId: number): Promise<void> {
    await this.#rest.delete(at(id, `/participants/${userId}`));
  }

  async setRole(id: number, userId: number, role: MeetingRole): Promise<MeetingParticipant> {
    const path = at(id, `/participants/${userId}/role`);
    return participantOf((await this.#rest.put<Envelope<WireParticipant>>(path, { role })).data);
  }

  /** Oldest first; `after`: those with a greater id only. */
  async messages(
    id: number,
    query: { page?: number; pageSize?: number; after?: number } = {},
  ): Promise<{ messages: MeetingMessage[]; total: number }> {
    const { data } = await this.#rest.get<Envelope<WireMessages>>(at(id, '/messages'), queryOf(query));
    return { messages: data.messages.map(messageOf), total: data.total };
  }

  async say(id: number, content: string): Promise<MeetingMessage> {
    return messageOf((await this.#rest.post<Envelope<WireMessage>>(at(id, '/messages'), { content })).data);
  }

  /** Nobody new comes in while it is locked. */
  async lock(id: number, locked: boolean): Promise<Meeting> {
    return this.#meeting(this.#rest.post(at(id, '/lock'), { locked }));
  }

  /** One participant, or all but those who run it; they may unmute themselves. */
  async mute(id: number, userId?: number, kind: 'audio' | 'video' = 'audio'): Promise<void> {
    await this.#rest.post(at(id, '/mute'), { ...(userId !== undefined && { user_id: userId }), kind });
  }

  async raiseHand(id: number, raised: boolean): Promise<MeetingParticipant> {
    return participantOf(
      (await this.#rest.post<Envelope<WireParticipant>>(at(id, '/hand'), { raised })).data,
    );
  }

  async #meeting(answer: Promise<Envelope<WireMeeting>>): Promise<Meeting> {
    return meetingOf((await answer).data);
  }

  async #page(path: string, query: MeetingQuery): Promise<MeetingPage> {
    const { data } = await this.#rest.get<Envelope<WireMeetings>>(path, queryOf(query));
    return { meetings: data.meetings.map(meetingOf), total: data.total };
  }
}
