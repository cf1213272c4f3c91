import type { Transaction } from '../../ports/store.ts';
import type { User } from '../users/user.ts';
import { leave } from './leave.ts';
import { groupSubject } from './subject.ts';

/** Takes somebody who is being deleted out of every group; the subjects written to. */
export async function forgetGroups(tx: Transaction, user: User, at: number): Promise<string[]> {
  const groups = await tx.groups.of(user.id);
  for (const group of groups) {
    const change = leave(group, user, user.uid);
    for (const event of change.events)
      await tx.events.appendNext(groupSubject(group.id), event.type, at, event.data);
    await change.write(tx);
  }
  return groups.map((group) => groupSubject(group.id));
}
