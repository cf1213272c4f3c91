import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../state/prefs.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** A key of the app's words; a counted word is asked for without its `_one` or `_other`. */
export type WordKey = Exclude<keyof typeof en, `${string}_one` | `${string}_other`> | CountedKey;
type CountedKey = keyof typeof en extends infer K ? (K extends `${infer Stem}_other` ? Stem : never) : never;

export type WordValues = Record<string, string | number>;

/** Prepares the words. They lie in the bundle, so this is done before the first picture. */
export function startWords(language: Language): void {
  i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCn } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
}

export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** The word in the present language, for code outside React (titles, notifications). */
export function word(key: WordKey, values?: WordValues): string {
  return i18next.t(key, values ?? {});
}
