import { invalid } from '../errors.ts';
import { cleanText } from '../meetings/clean.ts';
import type { Poll, PollResults } from './poll.ts';

/** A poll as somebody asks for it; what is not said has its usual value. */
export interface PollAsk {
  question: string;
  options: readonly string[];
  multiple?: boolean | undefined;
  anonymous?: boolean | undefined;
  results?: PollResults | undefined;
}

/** What is to be changed of a draft; `undefined` leaves a value. */
export type PollPatch = { [K in keyof PollAsk]?: PollAsk[K] | undefined };

type Particulars = Pick<Poll, 'question' | 'options' | 'multiple' | 'anonymous' | 'results'>;

const LONGEST = { question: 300, option: 120 };
const OPTIONS = { least: 2, most: 10 };

/** Throws `invalid` with the field. */
export function cleanPoll({ question, options, multiple, anonymous, results }: PollAsk): Particulars {
  return {
    question: cleanText(question.trim(), LONGEST.question, 'question', 1),
    options: cleanOptions(options),
    multiple: multiple ?? false,
    anonymous: anonymous ?? false,
    results: results ?? 'live',
  };
}

export function cleanChange(now: Particulars, patch: PollPatch): Particulars {
  const named = Object.entries(patch).filter(([, value]) => value !== undefined);
  return cleanPoll({ ...now, ...Object.fromEntries(named) });
}

/** What somebody chooses, in the order of the options. */
export function cleanChoice({ options, multiple }: Poll, chosen: readonly number[]): readonly number[] {
  const known = chosen.every((index) => Number.isInteger(index) && index >= 0 && index < options.length);
  const different = new Set(chosen).size === chosen.length;
  const many = chosen.length >= 1 && (multiple || chosen.length === 1);
  if (!known || !different || !many) throw invalid('options');
  return chosen.toSorted((a, b) => a - b);
}

function cleanOptions(given: readonly string[]): readonly string[] {
  if (given.length < OPTIONS.least || given.length > OPTIONS.most) throw invalid('options');
  const options = given.map((option) => cleanText(option.trim(), LONGEST.option, 'options', 1));
  if (new Set(options).size < options.length) throw invalid('options');
  return options;
}
