import type { Transaction } from '../../ports/store.ts';
import { conflict } from '../errors.ts';
import type { User } from './user.ts';

type Patch = Partial<Omit<User, 'id' | 'uid' | 'createdAt' | 'tokenVersion'>>;

/**
 * Writes what is said of somebody, and what follows from it wherever it is said: a ban voids every
 * token, another address voids the ways to a new password that are in the old one's mailbox, and the
 * last administrator stays one (`conflict`).
 */
export async function changeUser(tx: Transaction, before: User, patch: Patch): Promise<User> {
  const { role = before.role, status = before.status } = patch;
  if (role !== 'admin' || status !== 'active') await keepAnAdministrator(tx, before);
  if (patch.email !== undefined && patch.email !== before.email) await tx.resetTokens.forgetOf(before.id);
  const banned = status === 'banned' && before.status !== 'banned';
  if (!banned) return tx.users.update(before.id, patch);
  await tx.users.revokeAllOf(before.id);
  // Raised, so that lifting the ban does not bring old tokens back.
  return tx.users.update(before.id, { ...patch, tokenVersion: before.tokenVersion + 1 });
}

/** Somebody is about to be an administrator no more. Throws `conflict` when nobody else is one. */
export async function keepAnAdministrator(tx: Transaction, user: User): Promise<void> {
  if (user.role !== 'admin' || user.status !== 'active') return;
  const admins = await tx.users.holdAdmins();
  if (!admins.some((id) => id !== user.id)) throw conflict('user.last_admin');
}
