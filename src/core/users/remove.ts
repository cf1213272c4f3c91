import type { Transaction } from '../../ports/store.ts';
import { forgetContacts } from '../contacts/forget.ts';
import { forgetGroups } from '../groups/forget.ts';
import { keepAnAdministrator } from './change.ts';
import type { User } from './user.ts';

/** How histories show whoever is no longer there. */
export const DELETED_NAME = 'deleted user';

/**
 * Deletes somebody: personal data, contacts and memberships go, tokens are void. The uid and the number
 * stay taken, for histories name them. Answers the subjects that have events by it.
 */
export async function removeUser(tx: Transaction, user: User, now: number): Promise<string[]> {
  await keepAnAdministrator(tx, user);
  const subjects = [...(await forgetContacts(tx, user, now)), ...(await forgetGroups(tx, user, now))];
  await tx.users.revokeAllOf(user.id);
  await tx.resetTokens.forgetOf(user.id);
  await tx.audit.forget(user.id);
  await tx.invitations.forget(user.id, user.email);
  // A guest who never came in: no history names them.
  const unseen = user.guestOf !== null && !(await tx.meetings.participant(user.guestOf, user.id));
  if (unseen) await tx.users.forget(user.id);
  else await erase(tx, user, now);
  return subjects;
}

/** What is left is what histories show. */
const erase = (tx: Transaction, user: User, now: number): Promise<User> =>
  tx.users.update(user.id, {
    username: null,
    email: null,
    displayName: DELETED_NAME,
    avatarUrl: null,
    role: 'user',
    status: 'deleted',
    tokenVersion: user.tokenVersion + 1,
    updatedAt: now,
    passwordHash: '',
    guestUntil: null,
  });
