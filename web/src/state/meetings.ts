import type { WordKey } from '../i18n/index.ts';
import { need } from './connection.ts';
import { detailOf, problemOf } from './errors.ts';
import { joined } from './meeting-link.ts';
import type { Meeting, MeetingChanges, MeetingPage, NewMeeting } from './sdk.ts';
import { Loader } from './store.ts';

/** Meetings as far as they have been read, and how many there are. */
export interface Listed {
  meetings: readonly Meeting[];
  total: number;
}

const PAGE = 20;

/** What is going on or planned, soonest first; what is over, the latest first. */
export const coming = new Loader<Listed>();
export const past = new Loader<Listed>();
/** Those of the calendar's month. */
export const ofMonth = new Loader<readonly Meeting[]>();

export const loadComing = (): Promise<void> =>
  read(coming, (page) => need().meetings.upcoming({ page, pageSize: PAGE }));
export const loadPast = (): Promise<void> =>
  read(past, (page) => need().meetings.history({ page, pageSize: PAGE }));

/** The next page of a list, behind what is there. */
export async function more(list: typeof coming): Promise<void> {
  const known = list.get().data;
  if (!known) return;
  const page = Math.floor(known.meetings.length / PAGE) + 1;
  const fetch = list === coming ? 'upcoming' : 'history';
  const next = await need().meetings[fetch]({ page, pageSize: PAGE });
  list.change((now) => ({ meetings: joined(now.meetings, next.meetings), total: next.total }));
}

function read(list: Loader<Listed>, fetch: (page: number) => Promise<MeetingPage>): Promise<void> {
  return list.load(() => fetch(1));
}

/** A month has at most so many that are shown. */
const OF_MONTH = 100;

export function loadMonth(from: Date, to: Date): Promise<void> {
  return ofMonth.load(
    async () => (await need().meetings.mine({ from, to, pageSize: OF_MONTH, as: 'all' })).meetings,
  );
}

/** Makes or changes one. Throws what the server has against it. */
export async function saveMeeting(id: number | undefined, meeting: NewMeeting | MeetingChanges) {
  const api = need().meetings;
  const saved = id === undefined ? await api.create(meeting as NewMeeting) : await api.update(id, meeting);
  await loadComing();
  return saved;
}

/** Cancels one that has not begun, or takes one that is over out of the lists. */
export async function dropMeeting(id: number): Promise<void> {
  await need().meetings.delete(id);
  await Promise.all([loadComing(), loadPast()]);
}

/** What the server had against a meeting, at its field where it is one of the form's. */
export function meetingFault(error: unknown): {
  field?: 'title' | 'start' | 'end' | 'repeat';
  word: WordKey;
} {
  const field = detailOf(error, 'field');
  if (field === 'title') return { field: 'title', word: 'meeting.badTitle' };
  if (field === 'start_time') return { field: 'start', word: 'meeting.badStart' };
  if (field === 'end_time') return { field: 'end', word: 'meeting.badEnd' };
  if (field === 'recurrence.rule') return { field: 'repeat', word: 'repeat.none' };
  return { word: problemOf(error).title };
}
