import type { Group } from '../../ports/store/groups.ts';
import type { Queries, Store, Transaction } from '../../ports/store.ts';
import { ParleyError } from '../errors.ts';
import { groupSubject } from './subject.ts';

/** What is to happen to a group: its facts, and the rows that make them so. */
export interface GroupChange {
  events: readonly { type: string; data: Readonly<Record<string, unknown>> }[];
  write(tx: Transaction): Promise<void>;
}

type Answer = GroupChange | undefined;
/** Decides about a group as it is; nothing when nothing needs to change. Throws what it refuses. */
export type GroupPlan = (group: Group | undefined, queries: Queries) => Promise<Answer> | Answer;

const ATTEMPTS = 10;

/** Thrown inside a transaction to take it back; never leaves this file. */
class Raced extends Error {}

/**
 * Decides about the group and writes that; whether anything changed. Taking the subject's next
 * number comes first, for it holds back everybody else who changes this group: what was decided
 * before is decided again then, and begun anew only if it comes to other facts.
 */
export async function changeGroup(store: Store, id: string, at: number, plan: GroupPlan): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const change = await plan(await store.read.groups.get(id), store.read);
    if (!change) return false;
    try {
      await store.transaction((tx) => write(tx, id, change, plan, at));
      return true;
    } catch (error) {
      if (!(error instanceof Raced)) throw error;
    }
  }
  throw new ParleyError('unavailable', 'unavailable', { groupId: id });
}

async function write(tx: Transaction, id: string, change: GroupChange, plan: GroupPlan, at: number) {
  for (const event of change.events) {
    await tx.events.appendNext(groupSubject(id), event.type, at, event.data);
  }
  const now = await plan(await tx.groups.get(id), tx);
  if (!now || JSON.stringify(now.events) !== JSON.stringify(change.events)) throw new Raced();
  await now.write(tx);
}
