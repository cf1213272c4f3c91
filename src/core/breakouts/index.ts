export type { BreakoutRoom, BreakoutsDeps, BreakoutView } from './breakouts.ts';
export { Breakouts } from './breakouts.ts';
export type { Assign, RoundAsk } from './plan.ts';
