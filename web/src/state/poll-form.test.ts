import { expect, it } from 'vitest';
import { checkPoll, newPollForm, pollIn, withOption, withoutOption, writeOption } from './poll-form.ts';
import { mergedPolls, shareOf, unanswered } from './poll-list.ts';
import type { Poll } from './sdk.ts';

const filled = (...texts: string[]) =>
  texts.reduce((form, text, key) => writeOption(key < 2 ? form : withOption(form), key, text), {
    ...newPollForm(),
    question: ' When? ',
  });

it('a form says what is missing and what is there twice', () => {
  expect(checkPoll(newPollForm())).toEqual({
    question: 'poll.needQuestion',
    options: new Map([
      [0, 'poll.needOption'],
      [1, 'poll.needOption'],
    ]),
  });
  expect(checkPoll(filled('a', 'b', 'a '))).toEqual({ options: new Map([[2, 'poll.sameOption']]) });
  expect(checkPoll(filled('a', 'x'.repeat(121)))?.options.get(1)).toBe('poll.needOption');
  expect(checkPoll(filled('a', '😀'.repeat(120)))).toBeUndefined();
});

it('options keep their keys while others go', () => {
  const form = withOption(withoutOption(filled('a', 'b', 'c'), 1));
  expect(form.options).toEqual([
    { key: 0, text: 'a' },
    { key: 2, text: 'c' },
    { key: 3, text: '' },
  ]);
  expect(pollIn({ ...filled(' a', 'b '), hidden: true })).toMatchObject({
    question: 'When?',
    options: ['a', 'b'],
    results: 'closed',
  });
});

it('what the line tells goes over what was read, newest first', () => {
  const poll = (id: number, more: Partial<Poll> = {}) =>
    ({ id, status: 'open', voted: false, ...more }) as Poll;
  const live = new Map([
    [2, poll(2, { voters: 3, voted: true })],
    [3, poll(3)],
  ]);
  const merged = mergedPolls([poll(2, { voters: 1 }), poll(1, { status: 'closed' })], live);
  expect(merged.map(({ id, voters }) => [id, voters])).toEqual([
    [3, undefined],
    [2, 3],
    [1, undefined],
  ]);
  const elsewhere = mergedPolls([poll(3, { voted: true, myVote: [1] })], live);
  expect(elsewhere[0]).toMatchObject({ id: 3, voted: true, myVote: [1] });
  expect(unanswered(live).map(({ id }) => id)).toEqual([3]);
  expect(shareOf(poll(1, { voters: 0, votes: [0] }), 0)).toBe(0);
  expect(shareOf(poll(1, { voters: 4, votes: [1, 3] }), 1)).toBe(0.75);
});
