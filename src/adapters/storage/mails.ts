import type { MailQueries, MailWrites, WaitingMail } from '../../ports/store/mails.ts';
import type { Db } from './db.ts';
import type { MailTable } from './schema.ts';
import { change, insertRows, query } from './statements.ts';

const due = query<{ now: number; limit: number }, MailTable>((sql, p) =>
  sql
    .selectFrom('mails')
    .selectAll()
    .where('next_at', '<=', p.now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(p.limit),
);
const count = query<object, { n: number }>((sql) =>
  sql.selectFrom('mails').select(({ fn }) => fn.countAll<number>().as('n')),
);
const insert = insertRows<MailTable>((sql, rows) =>
  sql.insertInto('mails').values(
    rows.map((row) => ({
      id: row.id,
      sealed: row.sealed,
      created_at: row.created_at,
      next_at: row.next_at,
      until_at: row.until_at,
      tries: row.tries,
    })),
  ),
);
const move = change<{ id: string; was: number; tried: number; next: number; tries: number }>((sql, p) =>
  sql
    .updateTable('mails')
    .set({ next_at: p.next, tries: p.tries })
    .where('id', '=', p.id)
    .where('next_at', '=', p.was)
    .where('tries', '=', p.tried),
);
const remove = change<{ id: string }>((sql, p) => sql.deleteFrom('mails').where('id', '=', p.id));

export function mailsOf(db: Db): MailQueries & MailWrites {
  return {
    due: async (now, limit) => (await due(db, { now, limit })).map(toMail),
    count: async () => (await count(db, {}))[0]?.n ?? 0,
    insert: async (mails) => {
      await insert(db, mails.map(toRow));
    },
    move: async ({ id, nextAt, tries }, to) =>
      (await move(db, { id, was: nextAt, tried: tries, next: to.nextAt, tries: to.tries })) === 1,
    remove: async (id) => {
      await remove(db, { id });
    },
  };
}

const toMail = (row: MailTable): WaitingMail => ({
  id: row.id,
  sealed: row.sealed,
  createdAt: row.created_at,
  nextAt: row.next_at,
  untilAt: row.until_at,
  tries: row.tries,
});

const toRow = (mail: WaitingMail): MailTable => ({
  id: mail.id,
  sealed: mail.sealed,
  created_at: mail.createdAt,
  next_at: mail.nextAt,
  until_at: mail.untilAt,
  tries: mail.tries,
});
