import type { Group } from '../../ports/store/groups.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import { ParleyError } from '../errors.ts';
import { groupSubject } from './subject.ts';

/** What is to happen to a group: its facts, and the rows that make them so. */
export interface GroupChange {
  events: readonly { type: string; data: Readonly<Record<string, unknown>> }[];
  write(tx: Transaction): Promise<void>;
}

const ATTEMPTS = 10;

/** Thrown inside a transaction to take it back; never leaves this file. */
class Raced extends Error {}

/**
 * Decides about the group as it is and writes that, unless somebody changed it in between: then it
 * is decided anew. Taking the subject's next number comes first, for it holds back everybody else
 * who changes this group. `plan` answering nothing means that nothing needs to change.
 */
export async function changeGroup(
  store: Store,
  id: string,
  at: number,
  plan: (group: Group | undefined) => Promise<GroupChange | undefined> | GroupChange | undefined,
): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const seen = await store.read.groups.get(id);
    const change = await plan(seen);
    if (!change) return false;
    try {
      await store.transaction((tx) => write(tx, id, seen, change, at));
      return true;
    } catch (error) {
      if (!(error instanceof Raced)) throw error;
    }
  }
  throw new ParleyError('unavailable', 'unavailable', { groupId: id });
}

async function write(tx: Transaction, id: string, seen: Group | undefined, change: GroupChange, at: number) {
  for (const event of change.events) await tx.events.appendNext(groupSubject(id), event.type, at, event.data);
  if (JSON.stringify(await tx.groups.get(id)) !== JSON.stringify(seen)) throw new Raced();
  await change.write(tx);
}
