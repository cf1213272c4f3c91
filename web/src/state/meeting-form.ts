import type { WordKey } from '../i18n/index.ts';
import { localInput, nextHalfHour } from './calendar.ts';
import { COUNT_MOST, never, type Repeat, repeatOf, ruleOf } from './repeat.ts';
import type {
  Meeting,
  MeetingChanges,
  MeetingSeries,
  MeetingSettings,
  NewSeries,
  SeriesChanges,
} from './sdk.ts';

/** A meeting as its form has it. */
export interface MeetingForm {
  title: string;
  description: string;
  /** As the fields hold it, in this device's zone; empty: at any time. */
  start: string;
  end: string;
  type: 'video' | 'audio';
  size: string;
  password: string;
  settings: Pick<MeetingSettings, 'waitingRoom' | 'muteOnJoin' | 'chat' | 'screenShare' | 'guests'>;
  repeat: Repeat;
}

export type FormFaults = Partial<Record<'title' | 'start' | 'end' | 'repeat', WordKey>>;

const HOUR = 3_600_000;

export function newForm(now: Date): MeetingForm {
  const start = nextHalfHour(now);
  return {
    title: '',
    description: '',
    start: localInput(start),
    end: localInput(new Date(start.getTime() + HOUR)),
    type: 'video',
    size: '25',
    password: '',
    settings: { waitingRoom: false, muteOnJoin: false, chat: true, screenShare: true, guests: false },
    repeat: never,
  };
}

/** A meeting's, or that of all meetings of a series. */
export function formOf(meeting: Meeting | MeetingSeries): MeetingForm {
  const { waitingRoom, muteOnJoin, chat, screenShare, guests } = meeting.settings;
  return {
    title: meeting.title,
    description: meeting.description,
    start: meeting.startTime ? localInput(meeting.startTime) : '',
    end: meeting.endTime ? localInput(meeting.endTime) : '',
    type: meeting.type,
    size: String(meeting.maxParticipants),
    password: '',
    settings: { waitingRoom, muteOnJoin, chat, screenShare, guests },
    repeat: 'recurrence' in meeting ? repeatOf(meeting.recurrence) : never,
  };
}

/** All meetings of a series from this one on: what the series says, at the times of this one. */
export const formFrom = (series: MeetingSeries, meeting: Meeting): MeetingForm =>
  formOf({
    ...series,
    startTime: meeting.startTime ?? series.startTime,
    endTime: meeting.endTime ?? series.endTime,
  });

/** What is wrong before the server is asked. */
export function checkForm(form: MeetingForm): FormFaults {
  const title = form.title.trim();
  const [start, end] = [dateOf(form.start), dateOf(form.end)];
  return {
    ...((title === '' || title.length > 200) && { title: 'meeting.badTitle' }),
    ...(start === undefined && { start: 'meeting.badStart' }),
    ...(end === undefined && { end: 'meeting.badStart' }),
    ...(start && end && end <= start && { end: 'meeting.badEnd' }),
    ...(form.repeat.kind !== 'never' && repeatFaults(form.repeat, start, end)),
  };
}

/** What recurs begins and ends, within a day; and so does it as a whole. */
function repeatFaults(
  { kind, ends, until, count }: Repeat,
  start: Date | null | undefined,
  end: Date | null | undefined,
): FormFaults {
  if (!start) return { start: 'meeting.badStart' };
  if (!end) return { end: 'meeting.badStart' };
  if (end <= start) return { end: 'meeting.badEnd' };
  if (end.getTime() - start.getTime() > 24 * HOUR) return { end: 'repeat.tooLong' };
  if (kind === 'own' || ends === 'never') return {};
  if (ends === 'date') return dateOf(until) ? {} : { repeat: 'repeat.badDay' };
  const n = Number(count);
  return Number.isInteger(n) && n >= 1 && n <= COUNT_MOST ? {} : { repeat: 'repeat.badCount' };
}

/** The end follows when the beginning moves: the length stays. */
export function moveStart(form: MeetingForm, start: string): MeetingForm {
  const [before, end, now] = [dateOf(form.start), dateOf(form.end), dateOf(start)];
  if (!before || !end || !now) return { ...form, start };
  return { ...form, start, end: localInput(new Date(now.getTime() + end.getTime() - before.getTime())) };
}

/** `keepsPassword`: an empty field leaves the one there is. */
export function changesIn(form: MeetingForm, keepsPassword: boolean): MeetingChanges & { title: string } {
  return {
    title: form.title.trim(),
    description: form.description.trim(),
    startTime: dateOf(form.start) ?? null,
    endTime: dateOf(form.end) ?? null,
    type: form.type,
    maxParticipants: Number(form.size),
    settings: form.settings,
    ...(form.password !== '' ? { password: form.password } : keepsPassword ? {} : { password: null }),
  };
}

/** The same of one that recurs, by the clocks of its place. The form has been checked. */
export function seriesIn(form: MeetingForm, keepsPassword: boolean, timezone: string): NewSeries {
  const { startTime, endTime, ...rest } = changesIn(form, keepsPassword);
  if (!startTime || !endTime) throw new Error('what recurs begins and ends');
  const recurrence = { rule: ruleOf(form.repeat, startTime), timezone };
  return { ...rest, startTime, endTime, recurrence } as NewSeries;
}

/**
 * The same for one that recurs already. A rule nobody touched is left out: of so many times some may
 * be over, and the server knows which.
 */
export function seriesChangesIn(
  form: MeetingForm,
  before: MeetingForm,
  keepsPassword: boolean,
  timezone: string,
): SeriesChanges {
  const { recurrence, ...changes } = seriesIn(form, keepsPassword, timezone);
  const start = dateOf(before.start);
  const same = start && ruleOf(before.repeat, start) === recurrence.rule;
  return same ? changes : { ...changes, recurrence };
}

/** null: the field is empty; undefined: it holds no moment. */
function dateOf(text: string): Date | null | undefined {
  if (text === '') return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
