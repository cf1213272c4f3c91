import type { DeadDelivery, Webhook, WebhookQueries, WebhookWrites } from '../../ports/store/webhooks.ts';
import type { Db } from './db.ts';
import type { DeadTable, WebhookTable } from './schema.ts';
import { change, query, runChange } from './statements.ts';

const list = query<object, WebhookTable>((sql) => sql.selectFrom('webhooks').selectAll().orderBy('id'));
const byId = query<{ id: string }, WebhookTable>((sql, p) =>
  sql.selectFrom('webhooks').selectAll().where('id', '=', p.id),
);
const dead = query<{ id: string; limit: number }, DeadTable>((sql, p) =>
  sql
    .selectFrom('webhook_dead')
    .selectAll()
    .where('webhook_id', '=', p.id)
    .orderBy('position', 'desc')
    .limit(p.limit),
);
const remove = change<{ id: string }>((sql, p) => sql.deleteFrom('webhooks').where('id', '=', p.id));
const removeDead = change<{ id: string }>((sql, p) =>
  sql.deleteFrom('webhook_dead').where('webhook_id', '=', p.id),
);

export function webhooksOf(db: Db): WebhookQueries & WebhookWrites {
  const { sql, replaceTaken } = db.dialect;
  return {
    list: async () => (await list(db, {})).map(toWebhook),
    get: async (id) => (await byId(db, { id })).map(toWebhook)[0],
    dead: async (id, limit) => (await dead(db, { id, limit })).map(toDead),
    insert: async (webhook) => {
      await runChange(db, sql.insertInto('webhooks').values(toColumns(webhook) as WebhookTable));
    },
    update: async (id, patch, ifCursor) => {
      const update = sql.updateTable('webhooks').set(toColumns(patch)).where('id', '=', id);
      const found = await runChange(
        db,
        ifCursor === undefined ? update : update.where('cursor', '=', ifCursor),
      );
      return found === 1;
    },
    remove: async (id) => {
      await remove(db, { id });
      await removeDead(db, { id });
    },
    // An event that was replayed and failed for another day is on the list once, with its last error.
    bury: async ({ webhookId, ...rest }) => {
      const insert = sql.insertInto('webhook_dead').values({ ...rest, webhook_id: webhookId });
      await runChange(db, replaceTaken(insert, ['webhook_id', 'position'], ['error', 'at']));
    },
  };
}

function toColumns(webhook: Partial<Webhook>): Partial<WebhookTable> {
  const { nextAt, failingSince, createdAt, events, ...same } = webhook;
  const columns = {
    ...same,
    events: events && JSON.stringify(events),
    next_at: nextAt,
    failing_since: failingSince,
    created_at: createdAt,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

const toWebhook = (row: WebhookTable): Webhook => ({
  id: row.id,
  url: row.url,
  secret: row.secret,
  events: JSON.parse(row.events) as string[],
  cursor: row.cursor,
  attempts: row.attempts,
  nextAt: row.next_at,
  failingSince: row.failing_since,
  createdAt: row.created_at,
});

const toDead = ({ webhook_id, ...rest }: DeadTable): DeadDelivery => ({ webhookId: webhook_id, ...rest });
