import type { WordKey } from '../i18n/index.ts';
import { localInput, nextHalfHour } from './calendar.ts';
import type { Meeting, MeetingChanges, MeetingSettings } from './sdk.ts';

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
}

export type FormFaults = Partial<Record<'title' | 'start' | 'end', WordKey>>;

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
  };
}

export function formOf(meeting: Meeting): MeetingForm {
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
  };
}

/** What is wrong before the server is asked. */
export function checkForm(form: MeetingForm): FormFaults {
  const title = form.title.trim();
  const [start, end] = [dateOf(form.start), dateOf(form.end)];
  return {
    ...((title === '' || title.length > 200) && { title: 'meeting.badTitle' }),
    ...(start === undefined && { start: 'meeting.badStart' }),
    ...(end === undefined && { end: 'meeting.badStart' }),
    ...(start && end && end <= start && { end: 'meeting.badEnd' }),
  };
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

/** null: the field is empty; undefined: it holds no moment. */
function dateOf(text: string): Date | null | undefined {
  if (text === '') return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
