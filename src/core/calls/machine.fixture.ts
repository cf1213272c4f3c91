import { apply } from './apply.ts';
import type { Call, CallRules } from './call.ts';
import type { CallCommand, Decision } from './commands.ts';
import { decide } from './decide.ts';
import type { Placement } from './place.ts';
import { place } from './place.ts';

/** A hand-turned machine for the tests of its rules: no storage, no clock but the one given. */
export const RULES: CallRules = {
  ringMs: 45_000,
  graceMs: 20_000,
  maxMs: 14_400_000,
  meshLimit: 6,
  roomLimit: 0,
};

type Callees = Placement['callees'];

export function placed(callees: string[] | Callees, change: Partial<Placement> = {}): Call {
  const list = callees.map((callee, i) =>
    typeof callee === 'string' ? { userId: i + 2, uid: callee, standing: 'free' as const } : callee,
  );
  return place(
    {
      id: 'call_1',
      kind: 'video',
      groupId: null,
      caller: { userId: 1, uid: 'ann', device: 'ann-1', bound: true },
      callees: list,
      ...change,
    },
    1000,
    RULES,
  ).call;
}

/** Gives commands one after the other; every one must be accepted. */
export function given(call: Call, now: number, ...commands: CallCommand[]): Call {
  return commands.reduce((value, command) => {
    const decision = decide(value, command, now, RULES);
    if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.refusal}`);
    return decision.events.reduce((next, event) => apply(next, event, now), value);
  }, call);
}

export const tryOn = (call: Call, command: CallCommand, now = 2000): Decision =>
  decide(call, command, now, RULES);

export const answer = (by: string, device = `${by}-1`): CallCommand => ({
  type: 'answer',
  by,
  device,
  bound: true,
});
export const hangUp = (by: string, reason = 'normal'): CallCommand => ({ type: 'hangUp', by, reason });
export const legs = (call: Call) =>
  Object.fromEntries(
    call.legs.map((leg) => [leg.uid, leg.reason ? `${leg.state}/${leg.reason}` : leg.state]),
  );
