import type { WordKey, WordValues } from '../i18n/index.ts';
import { Store } from './store.ts';

/** What a screen reader is told. `turn` makes the same words new again. */
export interface Announcement {
  turn: number;
  key: WordKey;
  values?: WordValues;
}

export const polite = new Store<Announcement | undefined>(undefined);
export const assertive = new Store<Announcement | undefined>(undefined);

/** Two announcements nearer than this run into each other. */
const GAP = 300;
const waiting: Announcement[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let turn = 0;

/** Says something when the reader is free. */
export function say(key: WordKey, values?: WordValues): void {
  waiting.push({ turn: ++turn, key, ...(values ? { values } : {}) });
  if (timer === undefined) next();
}

/** Says something at once, over what is being read. For calls that ring and things that broke. */
export function sayNow(key: WordKey, values?: WordValues): void {
  assertive.set({ turn: ++turn, key, ...(values ? { values } : {}) });
}

function next(): void {
  const one = waiting.shift();
  if (!one) {
    timer = undefined;
    return;
  }
  polite.set(one);
  timer = setTimeout(next, GAP);
}
