import { addressWords } from './words/addresses.ts';
import { mediaWords } from './words/media.ts';
import { serverWords } from './words/server.ts';

export type Language = 'zh' | 'en';
export type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

const words = { ...addressWords, ...mediaWords, ...serverWords };
export type Word = keyof typeof words;

/** The sentence; `{name}` is filled from the details. */
export const say = (
  word: Word,
  language: Language,
  details: Readonly<Record<string, string | number>> = {},
) => words[word][language].replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));

/** As LC_ALL, LC_MESSAGES or LANG has it. */
export const ownLanguage = (locale = Intl.DateTimeFormat().resolvedOptions().locale): Language =>
  /^zh\b/i.test(locale) ? 'zh' : 'en';
