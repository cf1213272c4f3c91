import { invalid } from '../errors.ts';
import type { MeetingChange } from './events.ts';
import type { MeetingSettings, MeetingType } from './meeting.ts';

/** A new meeting as somebody asks for it; what is not said has its usual value. */
export interface MeetingAsk {
  title: string;
  description?: string | undefined;
  startTime?: number | null | undefined;
  endTime?: number | null | undefined;
  maxParticipants?: number | undefined;
  type?: MeetingType | undefined;
  settings?: Partial<MeetingSettings> | undefined;
  password?: string | undefined;
  /** For a service: whose meeting it is. */
  creator?: string | number | undefined;
}

/** What is to be changed; `undefined` leaves a value, `null` takes it away. */
export type MeetingPatch = Partial<Omit<MeetingAsk, 'creator' | 'password'>> & {
  password?: string | null | undefined;
};

/** What nobody has said otherwise. */
export const USUAL_SETTINGS: MeetingSettings = {
  recording: false,
  chat: true,
  screenShare: true,
  waitingRoom: false,
  muteOnJoin: false,
  guests: false,
};
const PLACES = { usual: 100, least: 2, most: 1000 };
const LONGEST = { title: 200, description: 4000, password: 128, message: 4000 };

/** The particulars of a new meeting but its password. Throws `invalid` with the contract's field. */
export function cleanAsk(ask: MeetingAsk) {
  const { startTime = null, endTime = null } = ask;
  checkTimes(startTime, endTime);
  return {
    title: cleanTitle(ask.title),
    description: cleanText(ask.description ?? '', LONGEST.description, 'description'),
    startTime,
    endTime,
    maxParticipants: cleanPlaces(ask.maxParticipants ?? PLACES.usual),
    type: ask.type ?? 'video',
    settings: { ...USUAL_SETTINGS, ...ask.settings },
  };
}

/** What a patch really changes of a meeting, its password apart. Throws `invalid`. */
export function cleanPatch(
  now: Required<Omit<MeetingChange, 'hasPassword'>>,
  { password: _, ...patch }: MeetingPatch,
): MeetingChange {
  const wanted: Required<Omit<MeetingChange, 'hasPassword'>> = {
    title: patch.title === undefined ? now.title : cleanTitle(patch.title),
    description:
      patch.description === undefined
        ? now.description
        : cleanText(patch.description, LONGEST.description, 'description'),
    startTime: patch.startTime === undefined ? now.startTime : patch.startTime,
    endTime: patch.endTime === undefined ? now.endTime : patch.endTime,
    maxParticipants:
      patch.maxParticipants === undefined ? now.maxParticipants : cleanPlaces(patch.maxParticipants),
    type: patch.type ?? now.type,
    settings: { ...now.settings, ...patch.settings },
  };
  checkTimes(wanted.startTime, wanted.endTime);
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  const differs = (name: keyof typeof wanted) => JSON.stringify(wanted[name]) !== JSON.stringify(now[name]);
  return Object.fromEntries(names.filter(differs).map((name) => [name, wanted[name]]));
}

export const cleanPassword = (password: string): string =>
  cleanText(password, LONGEST.password, 'password', 1);

export const cleanContent = (content: string): string => cleanText(content, LONGEST.message, 'content', 1);

function cleanTitle(title: string): string {
  return cleanText(title.trim(), LONGEST.title, 'title', 1);
}

export function cleanText(text: string, most: number, field: string, least = 0): string {
  const { length } = [...text];
  // Databases do not keep what is no character at all.
  if (length < least || length > most || !text.isWellFormed() || text.includes('\0')) throw invalid(field);
  return text;
}

function cleanPlaces(places: number): number {
  const right = Number.isInteger(places) && places >= PLACES.least && places <= PLACES.most;
  if (!right) throw invalid('max_participants');
  return places;
}

function checkTimes(startTime: number | null, endTime: number | null): void {
  if (startTime !== null && endTime !== null && endTime <= startTime) throw invalid('end_time');
}
