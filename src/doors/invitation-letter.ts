import type { WriteInvitation } from '../core/invitations/index.ts';
import type { Locale } from './locale.ts';
import { say } from './words.ts';

const LOCALES: readonly Locale[] = ['zh', 'en'];

/** Chinese and English below each other: nobody knows which one whoever is written to reads. */
export const invitationLetter: WriteInvitation = ({ kind, message, when, ...news }) => {
  const open = kind === 'invited' || kind === 'changed';
  const said = (locale: Locale) => {
    const words = (key: string) => say(key, locale, { ...news, when });
    const lines = [
      words('mail.meeting_title'),
      words('mail.meeting_host'),
      words(when === null ? 'mail.meeting_any_time' : 'mail.meeting_when'),
      ...(open ? [words('mail.meeting_link')] : []),
    ];
    return `${words(`mail.${kind}_text`)}\n\n${lines.join('\n')}\n`;
  };
  return {
    subject: LOCALES.map((locale) => say(`mail.${kind}_subject`, locale, { title: news.title })).join(' / '),
    text: [...(message === null ? [] : [`${quoted(message)}\n`]), ...LOCALES.map(said)].join('\n---\n\n'),
  };
};

/** Somebody's own words: none of them pass for ours. */
const quoted = (text: string): string => text.replace(/^/gm, '> ');
