import type { Transaction } from '../../ports/store.ts';
import type { User } from '../users/user.ts';
import { contactSubject } from './subject.ts';

/** Takes away every contact, request and block of somebody who is being deleted; the subjects written to. */
export async function forgetContacts(tx: Transaction, user: User, at: number): Promise<string[]> {
  const rows = await tx.contacts.of(user.id);
  const others = new Map(
    (await tx.users.byIds(rows.map((row) => row.otherId))).map((other) => [other.id, other]),
  );
  for (const { otherId } of rows) {
    await tx.contacts.remove(user.id, otherId);
    const data = { by: user.uid, other: others.get(otherId)?.uid ?? String(otherId) };
    await tx.events.appendNext(contactSubject(user.id, otherId), 'contact.removed', at, data);
  }
  return rows.map(({ otherId }) => contactSubject(user.id, otherId));
}
