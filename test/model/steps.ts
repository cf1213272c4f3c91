import fc from 'fast-check';
import type { Call, CallCommand } from '../../src/core/calls/index.ts';
import { ParleyError } from '../../src/core/errors.ts';
import type { Fault, World } from './world.ts';

/** How somebody reaches the server: C's socket, or A's and B's REST. */
type Door = 'socket' | 'rest';

type Act = CallCommand['type'] | 'place' | 'connect' | 'disconnect' | 'wait' | 'restart' | 'sweep';

export interface Step {
  act: Act;
  who: number;
  others: number[];
  device: number;
  door: Door;
  /** Which of the newest calls it is about; 0 is one the person is in, if there is one. */
  call: number;
  reason: string;
  flag: boolean;
  ms: number;
  fault: Fault;
  /** The same command again at once, as a client that got no answer does. */
  twice: boolean;
}

const acts: [number, Act][] = [
  [14, 'place'],
  [10, 'answer'],
  [5, 'ring'],
  [4, 'reject'],
  [6, 'hangUp'],
  [2, 'cancel'],
  [2, 'leave'],
  [4, 'invite'],
  [4, 'join'],
  [3, 'media'],
  [1, 'unreachable'],
  [10, 'connect'],
  [6, 'disconnect'],
  [5, 'wait'],
  [3, 'sweep'],
  [2, 'restart'],
];

export const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(...acts.map(([weight, act]) => ({ weight, arbitrary: fc.constant(act) }))),
  who: fc.nat(4),
  others: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
  device: fc.nat(2),
  door: fc.constantFrom<Door>('socket', 'rest'),
  call: fc.nat(3),
  reason: fc.constantFrom('normal', 'timeout', 'declined', 'busy', 'no_answer', 'error'),
  flag: fc.boolean(),
  ms: fc.constantFrom(1, 900, 5_000, 20_000, 46_000, 15_000_000),
  fault: fc.oneof(
    { weight: 20, arbitrary: fc.constant<Fault>('none') },
    { weight: 1, arbitrary: fc.constantFrom<Fault>('before commit', 'after commit') },
  ),
  twice: fc.boolean(),
});

/** Takes a step; a refusal is an answer like any other. Answers what came of it, for the comparison of doubles. */
export async function take(world: World, step: Step, callId: string | undefined): Promise<string> {
  const user = world.users[step.who];
  if (!user) throw new Error('the model names somebody who is not there');
  const device = `${user.uid}-${step.device}`;
  switch (step.act) {
    case 'connect':
      return outcome(world.connect(user, device));
    case 'disconnect':
      return outcome(world.disconnect(device));
    case 'wait':
      world.now += step.ms;
      return 'later';
    case 'sweep':
      return outcome(world.sweep());
    case 'restart':
      return outcome(world.restart());
    default:
      return outcome(command(world, step, device, callId));
  }
}

async function command(
  world: World,
  step: Step,
  device: string,
  call: string | undefined,
): Promise<Call | undefined> {
  const user = world.users[step.who];
  if (!user) return undefined;
  const bound = step.door === 'socket' && world.sockets.has(device);
  const by = { device: step.door === 'socket' ? device : `jti-${user.uid}`, bound };
  const others = step.others.map((i) => world.users[i]).filter((other) => other !== undefined);
  if (step.act === 'place') {
    const call = await world.calls.place({
      caller: user,
      callees: others,
      kind: step.flag ? 'video' : 'audio',
      trusted: false,
      ...by,
      needsDevice: bound && others.length === 1,
    });
    return call;
  }
  if (!call) return undefined;
  if (step.act === 'invite') return world.calls.invite(call, user, others, false);
  if (step.act === 'join') return world.calls.join(call, user, { ...by, trusted: step.flag });
  if (step.act === 'media')
    return world.calls.command(call, { type: 'media', by: user.uid, muted: step.flag });
  const given = { type: step.act, by: user.uid, ...by, reason: step.reason } as CallCommand;
  return world.calls.command(call, given);
}

/** The call a step is about: one its person is in, or one of the newest. */
export async function pick(world: World, step: Step): Promise<string | undefined> {
  const user = world.users[step.who];
  const own = step.call === 0 && user ? await world.store.read.calls.liveOf(user.id) : undefined;
  return own?.id ?? world.ids.at(-Math.max(1, step.call));
}

async function outcome(done: Promise<unknown>): Promise<string> {
  try {
    const call = (await done) as Call | undefined;
    return call
      ? `${call.id} ${call.state} ${call.legs.map((leg) => `${leg.uid}:${leg.state}`).join(' ')}`
      : 'done';
  } catch (error) {
    if (error instanceof ParleyError && error.code !== 'internal')
      return `refused ${error.code} ${error.key}`;
    throw error;
  }
}

/** A double of these is a repeat: answered as the first time (rule 1). */
export const repeatable = (step: Step) =>
  !['place', 'wait', 'restart', 'sweep', 'connect', 'disconnect'].includes(step.act);
