import type { Config } from '../config/config.ts';
import type { Word } from './words.ts';

/** One line of the report. `skipped`: not looked at, and why. */
export interface Finding {
  readonly state: 'ok' | 'failed' | 'skipped';
  /** What was looked at; `name` tells several of a kind apart. */
  readonly what: Word;
  readonly name?: string;
  readonly say: Word;
  readonly with?: Readonly<Record<string, string | number>>;
}

/** Looks at one thing, or at several of a kind. */
export type Check = (look: Look) => AsyncIterable<Finding>;

/** What later checks take from earlier ones. */
export interface Look {
  readonly config: Config;
  /** How others see this machine, as STUN servers said; no private addresses. */
  readonly seen: Set<string>;
  /** Where the server answers, when it runs here. */
  running: string | undefined;
  /** Nobody else has the media ports. */
  portsFree: boolean;
}
