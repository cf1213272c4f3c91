import { client, need } from './connection.ts';
import { isMissed, type PastCall } from './history-groups.ts';
import { asKnown, learned } from './known-people.ts';
import type { HistoryEntry } from './sdk.ts';
import { readStored, writeStored } from './storage.ts';
import { Loader, Store } from './store.ts';

const PAGE = 50;

export interface Pages {
  calls: readonly PastCall[];
  /** Whether the server may have older ones. */
  more: boolean;
}

export const past = new Loader<Pages>();
/** Missed calls since the history was last looked at. */
export const missedCount = new Store(0);

export async function loadPast(): Promise<void> {
  await past.load(() => page(0));
  count();
}

export async function loadOlder(): Promise<void> {
  const now = past.get().data;
  if (!now?.more) return;
  const next = await page(now.calls.length);
  past.change((pages) => {
    const known = new Set(pages.calls.map((c) => c.id));
    return { calls: [...pages.calls, ...next.calls.filter((c) => !known.has(c.id))], more: next.more };
  });
}

/** The person has seen the history: the badge goes. */
export function seePast(): void {
  writeStored(seenKey(), Date.now());
  missedCount.set(0);
}

function count(): void {
  const seen = readStored(seenKey());
  const since = typeof seen === 'number' ? seen : 0;
  const calls = past.get().data?.calls ?? [];
  missedCount.set(calls.filter((c) => isMissed(c) && c.at.getTime() > since).length);
}

function seenKey(): string {
  return `parley.seen.${client.get()?.me?.uid ?? ''}`;
}

async function page(offset: number): Promise<Pages> {
  const calls = await need().history.list({ limit: PAGE, offset });
  return { calls: calls.map(pastCall), more: calls.length === PAGE };
}

function pastCall(entry: HistoryEntry): PastCall {
  const outgoing = entry.callerId === need().me?.uid;
  const uid = outgoing ? (entry.calleeIds[0] ?? '') : entry.callerId;
  // The history names the caller only.
  const told = outgoing
    ? { uid, name: uid, avatarUrl: null }
    : { uid, name: entry.callerName, avatarUrl: entry.callerAvatar };
  const { name, avatarUrl } = asKnown(told);
  return {
    id: entry.id,
    kind: entry.kind,
    outgoing,
    uid,
    name,
    avatarUrl,
    calleeIds: entry.calleeIds,
    ...(entry.groupId === undefined ? {} : { groupId: entry.groupId }),
    status: entry.status,
    ...(entry.rejectReason === undefined ? {} : { reason: entry.rejectReason }),
    duration: entry.duration,
    at: entry.createdAt,
  };
}

learned.subscribe(() => {
  past.change((pages) => ({
    ...pages,
    calls: pages.calls.map((call) => {
      const person = learned.get().get(call.uid);
      return person ? { ...call, name: person.name, avatarUrl: person.avatarUrl } : call;
    }),
  }));
});
