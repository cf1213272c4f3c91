export type { PollAsk, PollPatch } from './clean.ts';
export { shownView } from './describe.ts';
export type { Poll, PollResults, PollStatus, PollView, Vote } from './poll.ts';
export { Polls } from './polls.ts';
export { pollsSweeper } from './sweeper.ts';
