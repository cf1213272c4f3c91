import { readStored, writeStored } from './storage.ts';
import { Store } from './store.ts';

export type Language = 'en' | 'zh-CN';
export type Theme = 'auto' | 'light' | 'dark';

/** What a person chose on this device. */
export interface Prefs {
  language: Language | 'auto';
  theme: Theme;
  singleKeys: boolean;
  ring: boolean;
  ringVolume: number;
  notify: boolean;
  audioinput: string;
  audiooutput: string;
  videoinput: string;
}

const KEY = 'parley.prefs';

const defaults: Prefs = {
  language: 'auto',
  theme: 'auto',
  singleKeys: true,
  ring: true,
  ringVolume: 0.7,
  notify: false,
  audioinput: '',
  audiooutput: '',
  videoinput: '',
};

/** Takes over what has the right type; anything else stays as by default. */
export function mergePrefs(stored: unknown): Prefs {
  const prefs = { ...defaults };
  if (typeof stored !== 'object' || stored === null) return prefs;
  const from = stored as Record<string, unknown>;
  if (from.language === 'en' || from.language === 'zh-CN') prefs.language = from.language;
  if (from.theme === 'light' || from.theme === 'dark') prefs.theme = from.theme;
  for (const key of ['singleKeys', 'ring', 'notify'] as const) {
    const value = from[key];
    if (typeof value === 'boolean') prefs[key] = value;
  }
  for (const key of ['audioinput', 'audiooutput', 'videoinput'] as const) {
    const value = from[key];
    if (typeof value === 'string') prefs[key] = value;
  }
  const volume = from.ringVolume;
  if (typeof volume === 'number' && volume >= 0 && volume <= 1) prefs.ringVolume = volume;
  return prefs;
}

export const prefs = new Store<Prefs>(mergePrefs(readStored(KEY)));

export function setPrefs(change: Partial<Prefs>): void {
  prefs.update((now) => ({ ...now, ...change }));
  writeStored(KEY, prefs.get());
}

/** The language to show: the chosen one, else the first of the browser's that is Chinese or English. */
export function languageOf(choice: Prefs['language'], wanted: readonly string[]): Language {
  if (choice !== 'auto') return choice;
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

/** Follows changes made in another tab. */
export function followOtherTabs(): void {
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) prefs.set(mergePrefs(readStored(KEY)));
  });
}
