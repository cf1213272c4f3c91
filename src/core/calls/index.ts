export type { Call, CallKind, CallRules, CallState, Leg, LegState } from './call.ts';
export { durationS, isEngaged, isLive, isPending, legDurationS, legOf } from './call.ts';
export type { CallCommand } from './commands.ts';
export type { CallChange, CallEvent, Transient } from './events.ts';
export type { CallPolicy, PlaceInput } from './service.ts';
export { Calls } from './service.ts';
