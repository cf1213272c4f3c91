import type { HistoryFilter } from '../../ports/store/calls.ts';
import { notFound } from '../errors.ts';
import { mayReadCall, mayReadOf } from '../policy.ts';
import type { User } from '../users/user.ts';
import type { Asker, CallApp, Name } from './ask.ts';
import type { Call } from './call.ts';

/** Calls with everybody who is named in them, by id. */
export interface Told<T> {
  told: T;
  people: ReadonlyMap<number, User>;
}

/** One call, for whoever has been part of it and for services. */
export async function readCall(app: CallApp, asker: Asker, callId: string): Promise<Told<Call>> {
  const call = await app.store.read.calls.get(callId);
  if (!call) throw notFound('call.unknown', { callId });
  mayReadCall(asker.principal, call);
  return { told: call, people: await peopleOf(app, [call]) };
}

export interface PageAsk {
  filter?: HistoryFilter;
  limit: number;
  offset: number;
}

/** A page of somebody's history, newest first; everybody in it is looked up at once. */
export async function history(app: CallApp, asker: Asker, name: Name, page: PageAsk): Promise<Told<Call[]>> {
  const owner = await ownerOf(app, asker, name);
  const calls = await app.store.read.calls.history(owner.id, page.filter ?? {}, page.limit, page.offset);
  return { told: calls, people: await peopleOf(app, calls) };
}

/** The same with how many there are in all. */
export async function countedHistory(app: CallApp, asker: Asker, name: Name, page: PageAsk) {
  const owner = await ownerOf(app, asker, name);
  const [calls, total] = await Promise.all([
    app.store.read.calls.history(owner.id, page.filter ?? {}, page.limit, page.offset),
    app.store.read.calls.countHistory(owner.id, page.filter ?? {}),
  ]);
  return { told: calls, people: await peopleOf(app, calls), total };
}

/** The call somebody is in now. */
export async function liveCallOf(app: CallApp, asker: Asker, name: Name): Promise<Call | undefined> {
  const owner = await ownerOf(app, asker, name);
  return app.store.read.calls.liveOf(owner.id);
}

/** Whose records are asked for: a user's own, or anybody known for a service. */
async function ownerOf(app: CallApp, { principal }: Asker, name: Name): Promise<User> {
  const owner =
    principal.kind === 'user' && isName(principal.user, name) ? principal.user : await app.people.get(name);
  mayReadOf(principal, owner);
  return owner;
}

const isName = (user: User, name: Name) => user.uid === name || String(user.id) === String(name);

async function peopleOf(app: CallApp, calls: readonly Call[]): Promise<ReadonlyMap<number, User>> {
  const ids = new Set(calls.flatMap((call) => call.legs.map((leg) => leg.userId)));
  if (ids.size === 0) return new Map();
  const users = await app.store.read.users.byIds([...ids]);
  return new Map(users.map((user) => [user.id, user]));
}
