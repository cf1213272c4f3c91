import type { WordKey } from '../i18n/index.ts';
import type { NewPoll, Poll } from './sdk.ts';

/** A poll as it is written; options have a key, for they are added and taken out. */
export interface PollForm {
  question: string;
  options: readonly { key: number; text: string }[];
  multiple: boolean;
  anonymous: boolean;
  hidden: boolean;
}

export interface PollFaults {
  question?: WordKey;
  /** By the option's key. */
  options: ReadonlyMap<number, WordKey>;
}

export const LEAST_OPTIONS = 2;
export const MOST_OPTIONS = 10;
const LONGEST = { question: 300, option: 120 };

const keyed = (texts: readonly string[]) => texts.map((text, key) => ({ key, text }));

export const newPollForm = (): PollForm => ({
  question: '',
  options: keyed(['', '']),
  multiple: false,
  anonymous: false,
  hidden: false,
});

export const pollFormOf = ({ question, options, multiple, anonymous, results }: Poll): PollForm => ({
  question,
  options: keyed(options),
  multiple,
  anonymous,
  hidden: results === 'closed',
});

export function withOption(form: PollForm): PollForm {
  const key = Math.max(...form.options.map((option) => option.key)) + 1;
  return { ...form, options: [...form.options, { key, text: '' }] };
}

export const withoutOption = (form: PollForm, key: number): PollForm => ({
  ...form,
  options: form.options.filter((option) => option.key !== key),
});

export const writeOption = (form: PollForm, key: number, text: string): PollForm => ({
  ...form,
  options: form.options.map((option) => (option.key === key ? { key, text } : option)),
});

const long = (text: string) => [...text.trim()].length;

/** What is wrong with it; undefined when nothing is. */
export function checkPoll({ question, options }: PollForm): PollFaults | undefined {
  const faults = new Map<number, WordKey>();
  const seen = new Set<string>();
  for (const { key, text } of options) {
    const length = long(text);
    if (length === 0 || length > LONGEST.option) faults.set(key, 'poll.needOption');
    else if (seen.has(text.trim())) faults.set(key, 'poll.sameOption');
    seen.add(text.trim());
  }
  const asked = long(question) > 0 && long(question) <= LONGEST.question;
  if (asked && faults.size === 0) return undefined;
  return { ...(asked ? {} : { question: 'poll.needQuestion' as const }), options: faults };
}

export const pollIn = ({ question, options, multiple, anonymous, hidden }: PollForm): NewPoll => ({
  question: question.trim(),
  options: options.map(({ text }) => text.trim()),
  multiple,
  anonymous,
  results: hidden ? 'closed' : 'live',
});
