import type { Transaction } from '../../ports/store.ts';
import type { ServicePrincipal, UserPrincipal } from '../identity/principal.ts';
import type { User } from '../users/user.ts';
import type { AuditAction, Changes } from './entry.ts';

/** Who does something, and where they ask from. */
export interface Act {
  principal: UserPrincipal | ServicePrincipal;
  ip: string;
  requestId: string;
}

export interface Done {
  at: number;
  action: AuditAction;
  target: Pick<User, 'id' | 'uid'>;
  changes?: Changes;
  reason?: string | null;
}

/** Writes an act into the log, in the transaction that does it. */
export function record(tx: Transaction, { principal, ip, requestId }: Act, done: Done): Promise<void> {
  const actor =
    principal.kind === 'user'
      ? { actorId: principal.user.id, actor: principal.user.uid }
      : { actorId: null, actor: principal.key };
  return tx.audit.append({
    at: done.at,
    action: done.action,
    actorKind: principal.kind,
    ...actor,
    targetId: done.target.id,
    target: done.target.uid,
    address: ip,
    requestId,
    changes: done.changes ?? {},
    reason: done.reason ?? null,
  });
}
