import type { Clock } from '../../ports/clock.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { Store } from '../../ports/store.ts';
import { forbidden, notFound, ParleyError } from '../errors.ts';
import type { ServicePrincipal, UserPrincipal } from '../identity/principal.ts';
import { isTrusted } from '../policy.ts';
import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';
import type { Call, CallKind, Leg } from './call.ts';
import { askerOf, isEngaged, isPending, legOf } from './call.ts';
import type { CallCommand } from './commands.ts';
import type { Transient } from './events.ts';
import type { Relay, RelaySender } from './relay.ts';
import type { RelayFrame } from './relay-frames.ts';
import type { Calls } from './service.ts';

/** What asking about calls needs of the program. */
export interface CallApp {
  store: Store;
  clock: Clock;
  people: Pick<People, 'find' | 'resolve' | 'get'>;
  calls: Calls;
  relay: Relay;
  engine: Pick<MediaEngine, 'stats'>;
  presence: { isLive(userId: number, device: string): boolean };
}

/** Who asks, and the device they ask with. */
export interface Asker {
  principal: UserPrincipal | ServicePrincipal;
  device: string | null;
  /** By which request and from where, if by one. */
  requestId?: string;
  ip?: string;
}

/** Whom what is asked is done by, in events and rows; null is a service. */
export const byOf = ({ principal }: Pick<Asker, 'principal'>): number | null =>
  principal.kind === 'user' ? principal.user.id : null;

/** A person as a door names them: by uid, by decimal id, or by number. */
export type Name = string | number;

/** What an asker's command came to: the call as it is then, and the part of the one who acted. */
export interface Done {
  call: Call;
  user: User;
  leg: Leg;
}

const isSelf = (user: User, name: Name) => user.uid === name || String(user.id) === String(name);

/**
 * Who acts: a user as itself only (`forbidden` for every other name, known or not), a service as
 * whomever it names. `provision` lets a service name somebody nobody knows yet.
 */
export async function actor(
  app: Pick<CallApp, 'people'>,
  { principal }: Pick<Asker, 'principal'>,
  name: Name,
  provision = false,
): Promise<User> {
  if (principal.kind === 'user') {
    if (!isSelf(principal.user, name)) throw forbidden('auth.not_yourself');
    return principal.user;
  }
  return provision ? only(await app.people.resolve([name], true)) : app.people.get(name);
}

export interface PlaceAsk {
  caller: Name;
  callees: readonly Name[];
  /** The door's own field for `callees`, for what is wrong with them. */
  field: string;
  kind: CallKind;
  groupId?: string | undefined;
  transient?: Transient;
}

/** Begins a call on somebody's behalf; see `Calls.place` for what it throws. */
export async function placeCall(app: CallApp, asker: Asker, ask: PlaceAsk): Promise<Call> {
  const trusted = isTrusted(asker.principal);
  if (!trusted) await actor(app, asker, ask.caller);
  if (ask.callees.length === 0) throw new ParleyError('invalid', 'call.nobody', { field: ask.field });
  const known = asker.principal.kind === 'user' ? asker.principal.user : await app.people.find(ask.caller);
  const isCaller = (name: Name) => String(name) === String(ask.caller) || (known && isSelf(known, name));
  if (ask.callees.some(isCaller)) throw self(ask.field);
  // All at once: nobody is provisioned for a call that somebody else's name makes impossible.
  const [caller, ...callees] = await app.people.resolve([ask.caller, ...ask.callees], trusted);
  if (!caller) throw new ParleyError('internal', 'internal');
  return app.calls.place({
    caller,
    callees,
    kind: ask.kind,
    ...(ask.groupId === undefined ? {} : { groupId: ask.groupId }),
    trusted,
    ...deviceOf(app, asker, caller),
    transient: { ...causedBy(asker, caller), ...ask.transient },
  });
}

export interface AnswerAsk {
  user: Name;
  /** The answering description. */
  answer?: unknown;
  /** The door's contract wants an answer to an offer: without one it is `invalid`. */
  needsAnswer?: boolean;
}

/** Takes a call. */
export async function answerCall(app: CallApp, asker: Asker, callId: string, ask: AnswerAsk): Promise<Done> {
  const user = await actor(app, asker, ask.user);
  if (ask.needsAnswer && ask.answer === undefined) {
    const call = await app.store.read.calls.get(callId);
    await checkNoOffer(app, callId, call && legOf(call, user.uid));
  }
  const command: CallCommand = { type: 'answer', by: user.uid, ...deviceOf(app, asker, user) };
  const transient = ask.answer === undefined ? {} : { answer: ask.answer };
  return done(await app.calls.command(callId, command, { ...causedBy(asker, user), ...transient }), user);
}

/** Gives one of the simple commands: `named` makes it of the one who acts. */
export async function command(
  app: CallApp,
  asker: Asker,
  callId: string,
  name: Name,
  named: (by: string) => CallCommand,
): Promise<Done> {
  const user = await actor(app, asker, name);
  return done(await app.calls.command(callId, named(user.uid), causedBy(asker, user)), user);
}

/** Asks more people in; answers who of them has been asked or is in the call already: all but the busy ones. */
export async function invite(
  app: CallApp,
  asker: Asker,
  callId: string,
  ask: { inviter: Name; invitees: readonly Name[]; field: string },
): Promise<{ call: Call; asked: string[] }> {
  const inviter = await actor(app, asker, ask.inviter);
  if (ask.invitees.length === 0) throw new ParleyError('invalid', 'call.nobody', { field: ask.field });
  const trusted = isTrusted(asker.principal);
  if (trusted) await known(app, callId);
  const people = await others(app, asker, inviter, ask.invitees, ask.field);
  const call = await app.calls.invite(callId, inviter, people, trusted, causedBy(asker, inviter));
  const uids = new Set(people.map((person) => person.uid));
  const asked = [...uids].filter((uid) => {
    const leg = legOf(call, uid);
    return leg !== undefined && isEngaged(leg);
  });
  return { call, asked };
}

/** Comes into a call; a service may bring anybody. An `offer` goes to the one who asked them in. */
export async function join(
  app: CallApp,
  asker: Asker,
  callId: string,
  ask: { user: Name; offer?: unknown },
): Promise<Done> {
  const trusted = isTrusted(asker.principal);
  if (trusted) await known(app, callId);
  const user = await actor(app, asker, ask.user, true);
  const by = { ...deviceOf(app, asker, user), trusted };
  const came = done(await app.calls.join(callId, user, by, causedBy(asker, user)), user);
  const host = hostOf(came);
  if (ask.offer !== undefined && host) {
    await app.relay.relay(callId, senderOf(asker, user), host.uid, {
      type: 'call:signal',
      description: ask.offer,
    });
  }
  return came;
}

/** Hands a candidate or a description to the sockets of somebody in the same call. */
export async function signal(
  app: CallApp,
  asker: Asker,
  callId: string,
  ask: { from: Name; to: Name; frame: RelayFrame },
): Promise<void> {
  const from = await actor(app, asker, ask.from);
  await app.relay.relay(callId, senderOf(asker, from), String(ask.to), ask.frame);
}

/** A service, or a request that names no device, sends for whichever the person has. */
const senderOf = ({ principal, device }: Asker, user: User): RelaySender => ({
  uid: user.uid,
  device:
    principal.kind === 'user' && device !== null && device !== principal.jti
      ? { id: device, jti: principal.jti }
      : null,
});

/** Who an offer at the door is for: the inviter, else the caller, else whoever is there. */
function hostOf({ call, leg }: Done): Leg | undefined {
  const there = call.legs.filter((other) => other.state === 'joined' && other.uid !== leg.uid);
  return there.find((other) => other.uid === askerOf(call, leg)) ?? there[0];
}

function done(call: Call, user: User): Done {
  const leg = legOf(call, user.uid);
  // The machine has refused everybody who is not in the call.
  if (!leg) throw new ParleyError('internal', 'internal');
  return { call, user, leg };
}

/** People other than the one who acts; unknown ones are provisioned for a service. */
async function others(app: CallApp, asker: Asker, actor: User, names: readonly Name[], field: string) {
  if (names.some((name) => isSelf(actor, name))) throw self(field);
  return app.people.resolve(names, isTrusted(asker.principal));
}

/** Before anybody is provisioned for a call that is not there. */
async function known(app: CallApp, callId: string) {
  if (!(await app.store.read.calls.get(callId))) throw notFound('call.unknown', { callId });
}

/** Who takes a call without an answer: throws `invalid` if it has an offer, which wants one. */
export async function checkNoOffer(
  app: Pick<CallApp, 'store'>,
  callId: string,
  leg: Leg | undefined,
): Promise<void> {
  // Whether they may answer at all is the machine's to say, and comes first.
  if (!leg || !isPending(leg) || (await app.store.read.calls.offer(callId)) === undefined) return;
  throw new ParleyError('invalid', 'call.no_answer_sdp', { field: 'answer' });
}

/** A device that has a live socket as well has the grace of one. */
const deviceOf = (app: CallApp, { device }: Asker, user: User) => ({
  device,
  bound: device !== null && app.presence.isLive(user.id, device),
});

const causedBy = ({ device }: Asker, user: User): Transient => ({
  by: user.uid,
  ...(device === null ? {} : { device }),
});

const self = (field: string) => new ParleyError('invalid', 'call.self', { field });

function only(users: readonly User[]): User {
  const [user] = users;
  if (!user) throw new ParleyError('internal', 'internal');
  return user;
}
