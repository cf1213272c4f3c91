import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { AuditAction, AuditEntry, Changes } from '../../core/audit/entry.ts';
import type { AuditFilter, AuditQueries, AuditWrites } from '../../ports/store/audit.ts';
import type { Db } from './db.ts';
import type { AuditTable, Schema } from './schema.ts';
import { change, runQuery } from './statements.ts';

type Log<O> = SelectQueryBuilder<Schema, 'audit_log', O>;

const insert = change<Omit<Selectable<AuditTable>, 'id'>>((sql, p) =>
  sql.insertInto('audit_log').values({
    at: p.at,
    action: p.action,
    actor_kind: p.actor_kind,
    actor_id: p.actor_id,
    actor: p.actor,
    target_id: p.target_id,
    target: p.target,
    address: p.address,
    request_id: p.request_id,
    changes: p.changes,
    reason: p.reason,
  }),
);
const forget = change<{ targetId: number }>((sql, p) =>
  sql.updateTable('audit_log').set({ changes: '{}', reason: null }).where('target_id', '=', p.targetId),
);

export function auditOf(db: Db): AuditQueries & AuditWrites {
  return {
    page: async (filter, limit, offset) => {
      const log = narrowed(db.dialect.sql.selectFrom('audit_log').selectAll(), filter);
      const newest = log.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset);
      return (await runQuery(db, newest)).map(toEntry);
    },
    count: async (filter) => {
      const log = db.dialect.sql.selectFrom('audit_log').select(({ fn }) => fn.countAll<number>().as('n'));
      const [row] = await runQuery(db, narrowed(log, filter));
      return row?.n ?? 0;
    },
    append: async (entry) => {
      await insert(db, {
        at: entry.at,
        action: entry.action,
        actor_kind: entry.actorKind,
        actor_id: entry.actorId,
        actor: entry.actor,
        target_id: entry.targetId,
        target: entry.target,
        address: entry.address,
        request_id: entry.requestId,
        changes: JSON.stringify(entry.changes),
        reason: entry.reason,
      });
    },
    forget: async (targetId) => {
      await forget(db, { targetId });
    },
  };
}

function narrowed<O>(log: Log<O>, { actorId, targetId, action, from, to }: AuditFilter): Log<O> {
  let found = log;
  if (actorId !== undefined) found = found.where('actor_id', '=', actorId);
  if (targetId !== undefined) found = found.where('target_id', '=', targetId);
  if (action !== undefined) found = found.where('action', '=', action);
  if (from !== undefined) found = found.where('at', '>=', from);
  if (to !== undefined) found = found.where('at', '<', to);
  return found;
}

const toEntry = (row: Selectable<AuditTable>): AuditEntry => ({
  id: row.id,
  at: row.at,
  action: row.action as AuditAction,
  actorKind: row.actor_kind as AuditEntry['actorKind'],
  actorId: row.actor_id,
  actor: row.actor,
  targetId: row.target_id,
  target: row.target,
  address: row.address,
  requestId: row.request_id,
  changes: JSON.parse(row.changes) as Changes,
  reason: row.reason,
});
