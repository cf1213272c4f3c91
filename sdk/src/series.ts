import type { Envelope } from './accounts.ts';
import type { Meeting, MeetingPage } from './meeting-types.ts';
import type { WireMeeting, WireMeetings } from './meeting-wire.ts';
import { changesOf, meetingOf, queryOf, settingsOf } from './meeting-wire.ts';
import type { Rest } from './rest.ts';
import type { MeetingSeries, NewSeries, SeriesChanges } from './series-types.ts';

type WireSeries = Pick<
  WireMeeting,
  | 'title'
  | 'description'
  | 'max_participants'
  | 'meeting_type'
  | 'settings'
  | 'has_password'
  | 'creator_id'
  | 'created_at'
> & {
  series_id: number;
  start_time: string;
  end_time: string;
  recurrence: MeetingSeries['recurrence'];
  state: MeetingSeries['state'];
  next: WireMeeting | null;
};

interface Paging {
  page?: number;
  pageSize?: number;
}

const BASE = '/api/v1/meeting-series';

/** Meetings that recur. One of them alone is changed and cancelled as any meeting is. */
export class SeriesOfMeetings {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  create(series: NewSeries): Promise<MeetingSeries> {
    return this.#one(this.#rest.post(BASE, changesOf(series)));
  }

  get(id: number): Promise<MeetingSeries> {
    return this.#one(this.#rest.get(`${BASE}/${id}`));
  }

  /** As a file for calendars (`.ics`), which repeats. */
  calendar(id: number): Promise<string> {
    return this.#rest.text(`${BASE}/${id}/calendar.ics`);
  }

  /**
   * All its meetings to come follow, but those that were changed one by one. `from` one of its meetings
   * on they become a series of their own, which is answered.
   */
  update(id: number, changes: SeriesChanges, from?: number): Promise<MeetingSeries> {
    const body = { ...changesOf(changes), ...(from !== undefined && { from_meeting: from }) };
    return this.#one(this.#rest.put(`${BASE}/${id}`, body));
  }

  /** Cancels all its meetings that have not begun, or those `from` one of them on. */
  cancel(id: number, from?: number): Promise<MeetingSeries> {
    return this.#one(this.#rest.delete(`${BASE}/${id}${from === undefined ? '' : `?from_meeting=${from}`}`));
  }

  /** Those that were made, soonest first. */
  async meetings(id: number, query: Paging = {}): Promise<MeetingPage> {
    const { data } = await this.#rest.get<Envelope<WireMeetings>>(`${BASE}/${id}/meetings`, queryOf(query));
    return { meetings: data.meetings.map((wire): Meeting => meetingOf(wire)), total: data.total };
  }

  /** Those one has made, newest first. */
  async mine(query: Paging = {}): Promise<{ series: MeetingSeries[]; total: number }> {
    const { data } = await this.#rest.get<Envelope<{ series: WireSeries[]; total: number }>>(
      '/api/v1/my/meeting-series',
      queryOf(query),
    );
    return { series: data.series.map(seriesOf), total: data.total };
  }

  async #one(answer: Promise<Envelope<WireSeries>>): Promise<MeetingSeries> {
    return seriesOf((await answer).data);
  }
}

const seriesOf = (wire: WireSeries): MeetingSeries => ({
  id: wire.series_id,
  title: wire.title,
  description: wire.description,
  startTime: new Date(wire.start_time),
  endTime: new Date(wire.end_time),
  recurrence: wire.recurrence,
  maxParticipants: wire.max_participants,
  type: wire.meeting_type,
  settings: settingsOf(wire.settings),
  hasPassword: wire.has_password,
  state: wire.state,
  creatorId: wire.creator_id,
  createdAt: new Date(wire.created_at),
  next: wire.next && meetingOf(wire.next),
});
