import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queries, Store, Transaction } from '../../ports/store.ts';
import { conflict, forbidden, notFound, ParleyError } from '../errors.ts';
import { newCallId } from '../ids.ts';
import type { User } from '../users/user.ts';
import { apply, released } from './apply.ts';
import type { Call, CallKind, CallRules, Leg } from './call.ts';
import { isEngaged } from './call.ts';
import type { CallCommand, Refusal } from './commands.ts';
import { decide } from './decide.ts';
import type { CallChange, CallEvent, Transient } from './events.ts';
import { describe } from './events.ts';
import { place } from './place.ts';

/** Who may call whom; lives in `policy.ts`. */
export interface CallPolicy {
  /** Throws `forbidden` unless `callerId` may call all of them. Trusted askers (services) always may. */
  mayCall(queries: Queries, trusted: boolean, callerId: number, others: readonly number[]): Promise<void>;
}

export interface PlaceInput {
  caller: User;
  callees: readonly User[];
  kind: CallKind;
  groupId?: string;
  /** The asker is a service: the policy does not bind it. */
  trusted: boolean;
  /** The asking device, and whether it has a live socket. */
  device: string | null;
  bound: boolean;
  /** C's rule: somebody without a live socket has missed the call at once. */
  needsDevice?: boolean;
  transient?: Transient;
}

export interface CallsDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  rules: CallRules;
  policy: CallPolicy;
  /** Told of every change that this process has committed, after the bus. */
  committed?: (change: CallChange) => void;
}

/** How often a command is decided anew when somebody else changed the call in between. */
const ATTEMPTS = 10;

/**
 * Runs the call machine on storage: one transaction holds the call, its engagements and its events.
 * Everybody else learns of it by the bus, after the commit.
 */
export class Calls {
  readonly #deps: CallsDeps;

  constructor(deps: CallsDeps) {
    this.#deps = deps;
  }

  get rules(): CallRules {
    return this.#deps.rules;
  }

  /**
   * Begins a call. Throws `forbidden` (policy, group), `invalid` (nobody, oneself) and `conflict`
   * with the live call's id when the caller is in one: a repeat, or glare (rule 4).
   */
  async place(input: PlaceInput): Promise<Call> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    const id = newCallId(now);
    const placed = await store.transaction((tx) => this.#place(tx, id, input, now));
    this.#publish(placed.call, placed.events, now, input.transient ?? {});
    return placed.call;
  }

  async #place(tx: Transaction, id: string, input: PlaceInput, now: number) {
    const { caller } = input;
    const callees = uniqueOthers(caller, input.callees);
    if (callees.length === 0) throw new ParleyError('invalid', 'call.nobody', { field: 'calleeIds' });
    this.#checkSize(callees.length + 1);
    await checkGroup(tx, input.groupId, [caller, ...callees]);
    const ids = callees.map((callee) => callee.id);
    await this.#deps.policy.mayCall(tx, input.trusted, caller.id, ids);
    const engaged = await tx.calls.engage([caller.id, ...ids], id);
    const own = engaged.get(caller.id);
    if (own !== undefined) throw engagedIn(own);
    const online = input.needsDevice ? await tx.devices.online(ids) : undefined;
    const result = place(
      {
        id,
        kind: input.kind,
        groupId: input.groupId ?? null,
        caller: { userId: caller.id, uid: caller.uid, device: input.device, bound: input.bound },
        callees: callees.map((callee) => ({
          userId: callee.id,
          uid: callee.uid,
          standing: standing(callee, online, engaged),
        })),
      },
      now,
      this.#deps.rules,
    );
    const offer = input.transient?.offer;
    await tx.calls.insert(result.call, offer === undefined ? null : JSON.stringify(offer));
    const free = result.call.legs.filter((leg) => !isEngaged(leg) && !engaged.has(leg.userId));
    await releaseAll(tx, free, id);
    await appendEvents(tx, id, result.events, 0, now);
    return result;
  }

  #checkSize(people: number) {
    const { roomLimit, meshLimit } = this.#deps.rules;
    const limit = roomLimit || meshLimit;
    if (people > limit) throw new ParleyError('limit', 'call.full', { limit });
  }

  /**
   * Gives a command to a call and answers what the call is then. A repeat of one that took effect
   * answers the same and changes nothing. Throws `not_found`, `forbidden` (not in the call, not
   * yours), `limit` (full), and `conflict` with the call's present state.
   */
  async command(callId: string, command: CallCommand, transient: Transient = {}): Promise<Call> {
    return (await this.#run(callId, () => Promise.resolve(command), transient)).call;
  }

  /** The same, told whether anything changed. */
  async attempt(callId: string, command: CallCommand, transient: Transient = {}) {
    return this.#run(callId, () => Promise.resolve(command), transient);
  }

  /** Asks more people in (rule 6); answers the call as it is then. */
  async invite(
    callId: string,
    inviter: User,
    invitees: readonly User[],
    trusted: boolean,
    transient: Transient = {},
  ): Promise<Call> {
    const people = uniqueOthers(inviter, invitees);
    if (people.length === 0) throw new ParleyError('invalid', 'call.nobody', { field: 'inviteeIds' });
    const command = async (tx: Transaction, call: Call): Promise<CallCommand> => {
      // Whoever may not ask at all is told so, and nothing about the others or the call's group.
      const own = call.legs.find((leg) => leg.userId === inviter.id);
      if (own?.state !== 'joined') return { type: 'invite', by: inviter.uid, people: [] };
      const fresh = people.filter(
        (person) => !call.legs.some((leg) => leg.userId === person.id && isEngaged(leg)),
      );
      const ids = fresh.map((person) => person.id);
      await checkGroup(tx, call.groupId ?? undefined, people);
      if (ids.length > 0) await this.#deps.policy.mayCall(tx, trusted, inviter.id, ids);
      const engaged = ids.length > 0 ? await tx.calls.engage(ids, callId) : new Map<number, string>();
      return {
        type: 'invite',
        by: inviter.uid,
        people: fresh.map((person) => ({ userId: person.id, uid: person.uid, busy: engaged.has(person.id) })),
      };
    };
    return (await this.#run(callId, command, transient)).call;
  }

  /** Comes into a call: an invited person answers by it; a member of its known group may, uninvited. */
  async join(
    callId: string,
    user: User,
    by: { device: string | null; bound: boolean; trusted: boolean },
    transient: Transient = {},
  ): Promise<Call> {
    const command = async (tx: Transaction, call: Call): Promise<CallCommand> => {
      const leg = call.legs.find((old) => old.userId === user.id);
      const group = call.groupId === null ? undefined : await tx.groups.get(call.groupId);
      const allowed = by.trusted || (group?.memberIds.includes(user.id) ?? false);
      if (call.endedAt === null && (!leg || !isEngaged(leg)) && (leg || allowed)) {
        const other = (await tx.calls.engage([user.id], callId)).get(user.id);
        if (other !== undefined) throw engagedIn(other);
      }
      return { type: 'join', by: user.uid, userId: user.id, device: by.device, bound: by.bound, allowed };
    };
    return (await this.#run(callId, command, transient)).call;
  }

  async #run(
    callId: string,
    make: (tx: Transaction, call: Call) => Promise<CallCommand>,
    transient: Transient,
  ): Promise<{ call: Call; changed: boolean }> {
    const { store, clock, rules } = this.#deps;
    for (let attempt = 1; ; attempt++) {
      const now = clock.now();
      try {
        const done = await store.transaction(async (tx) => {
          const before = await tx.calls.lock(callId);
          if (!before) throw notFound('call.unknown', { callId });
          const decision = decide(before, await make(tx, before), now, rules);
          if (!decision.ok) throw refusalError(decision.refusal, before);
          if (decision.events.length === 0) return { call: before, events: decision.events };
          const call = decision.events.reduce((value, event) => apply(value, event, now), before);
          // Throwing rolls back what `make` has engaged, too.
          if (!(await tx.calls.save(before, call))) throw new Overtaken();
          await releaseAll(tx, released(before, call), callId);
          await appendEvents(tx, callId, decision.events, before.version, now);
          return { call, events: decision.events };
        });
        if (done.events.length > 0) this.#publish(done.call, done.events, now, transient);
        return { call: done.call, changed: done.events.length > 0 };
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
        if (attempt === ATTEMPTS) throw new ParleyError('unavailable', 'call.contended', { callId });
      }
    }
  }

  #publish(call: Call, events: readonly CallEvent[], at: number, transient: Transient) {
    const change = { call, events, at, transient };
    this.#deps.bus.publish('call', change);
    this.#deps.committed?.(change);
    this.#deps.bus.publish('committed', { subject: call.id });
  }
}

/** A live call is named, so that glare can be met; a room cannot be answered. */
const engagedIn = (ref: string) =>
  ref.startsWith('call_') ? conflict('call.in_call', { callId: ref }) : conflict('call.in_room');

/** Somebody else changed the call between our look and our write. */
class Overtaken extends Error {}

async function releaseAll(tx: Transaction, legs: readonly Leg[], callId: string) {
  if (legs.length === 0) return;
  const ids = legs.map((leg) => leg.userId);
  await tx.calls.release(ids, callId);
}

function uniqueOthers(self: User, people: readonly User[]): User[] {
  if (people.some((person) => person.id === self.id)) {
    throw new ParleyError('invalid', 'call.self', { field: 'calleeIds' });
  }
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** A group Parley knows admits its members only; one it does not know is an opaque label. */
async function checkGroup(tx: Queries, groupId: string | undefined, people: readonly User[]) {
  if (groupId === undefined) return;
  const group = await tx.groups.get(groupId);
  if (!group) return;
  const stranger = people.find((person) => !group.memberIds.includes(person.id));
  if (stranger) throw forbidden('call.not_member', { groupId, uid: stranger.uid });
}

function standing(callee: User, online: Set<number> | undefined, engaged: Map<number, string>) {
  if (online && !online.has(callee.id)) return 'unreachable';
  return engaged.has(callee.id) ? 'busy' : 'free';
}

async function appendEvents(
  tx: Transaction,
  callId: string,
  events: readonly CallEvent[],
  after: number,
  at: number,
) {
  await tx.events.append(
    events.map((event, i) => ({ subject: callId, seq: after + i + 1, at, ...describe(event) })),
  );
}

function refusalError(refusal: Refusal, call: Call): ParleyError {
  const details = { callId: call.id, status: call.state };
  switch (refusal) {
    case 'over':
      return conflict('call.over', details);
    case 'answered_elsewhere':
      return conflict('call.answered_elsewhere', details);
    // Strangers are not told how the call stands.
    case 'not_in_call':
      return forbidden('call.not_in_call', { callId: call.id });
    case 'not_yours':
      return forbidden('call.not_yours', { callId: call.id });
    case 'full':
      return new ParleyError('limit', 'call.full', details);
  }
}
