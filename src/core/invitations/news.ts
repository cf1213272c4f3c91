/** What becomes of an invitation: each is a letter. */
export type NewsKind = 'invited' | 'changed' | 'cancelled' | 'withdrawn';

/** What a letter tells, each of one line but the message. */
export interface InvitationNews {
  kind: NewsKind;
  title: string;
  /** In UTC; null where no time is planned. */
  when: string | null;
  link: string;
  /** Who holds the meeting. */
  host: string;
  /** What the inviter has to say, as they wrote it. */
  message: string | null;
}

/** The words of such a letter, in the languages we speak: nobody knows which one its reader does. */
export type WriteInvitation = (news: InvitationNews) => { subject: string; text: string };

/** Breaks and other controls would begin another line, of a header or of what the letter says. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** `2026-11-21 19:00 – 20:00 UTC`; the second day is named where it is another. */
export function whenIn(start: number | null, end: number | null): string | null {
  if (start === null) return null;
  const [day, time] = momentOf(start);
  if (end === null) return `${day} ${time} UTC`;
  const [lastDay, until] = momentOf(end);
  return `${day} ${time} – ${lastDay === day ? '' : `${lastDay} `}${until} UTC`;
}

function momentOf(ms: number): [day: string, time: string] {
  const text = new Date(ms).toISOString();
  return [text.slice(0, 10), text.slice(11, 16)];
}
