import type { Transaction } from '../../ports/store.ts';
import type { User } from '../users/user.ts';
import { leave } from './leave.ts';
import { groupSubject } from './subject.ts';

/** Takes somebody who is being deleted out of every group; the subjects written to. */
export async function forgetGroups(tx: Transaction, user: User, at: number): Promise<string[]> {
  const groups = await tx.groups.of(user.id);
  for (const group of groups) {
    const subject = groupSubject(group.id);
    const [gone] = leave(group, user, user.uid).events;
    if (gone) await tx.events.appendNext(subject, gone.type, at, gone.data);
    // The subject is held from here on: what others did to the group before is seen.
    const change = leave((await tx.groups.get(group.id)) ?? group, user, user.uid);
    for (const event of change.events.slice(1))
      await tx.events.appendNext(subject, event.type, at, event.data);
    await change.write(tx);
  }
  return groups.map((group) => groupSubject(group.id));
}
