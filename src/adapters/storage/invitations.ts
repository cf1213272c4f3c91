import type { Invitation } from '../../core/invitations/invitation.ts';
import type { InvitationQueries, InvitationWrites } from '../../ports/store/invitations.ts';
import type { Db } from './db.ts';
import type { InvitationTable } from './schema.ts';
import { change, insertRows, query } from './statements.ts';

interface Of {
  meetingId: number;
}

const byId = query<Of & { id: string }, InvitationTable>((sql, p) =>
  sql.selectFrom('invitations').selectAll().where('meeting_id', '=', p.meetingId).where('id', '=', p.id),
);
const all = query<Of, InvitationTable>((sql, p) =>
  sql.selectFrom('invitations').selectAll().where('meeting_id', '=', p.meetingId).orderBy('id'),
);
const page = query<Of & { limit: number; offset: number }, InvitationTable>((sql, p) =>
  sql
    .selectFrom('invitations')
    .selectAll()
    .where('meeting_id', '=', p.meetingId)
    .where('state', '=', 'invited')
    .orderBy('id')
    .limit(p.limit)
    .offset(p.offset),
);
const count = query<Of, { n: number }>((sql, p) =>
  sql
    .selectFrom('invitations')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('meeting_id', '=', p.meetingId)
    .where('state', '=', 'invited'),
);
const sequence = query<Of, { n: number | null }>((sql, p) =>
  sql
    .selectFrom('invitations')
    .select(({ fn }) => fn.max<number | null>('sequence').as('n'))
    .where('meeting_id', '=', p.meetingId),
);
const insert = insertRows<InvitationTable>((sql, rows) =>
  sql.insertInto('invitations').values(
    rows.map((row) => ({
      id: row.id,
      meeting_id: row.meeting_id,
      user_id: row.user_id,
      email: row.email,
      by_id: row.by_id,
      at: row.at,
      sequence: row.sequence,
      state: row.state,
    })),
  ),
);
const update = change<InvitationTable>((sql, p) =>
  sql
    .updateTable('invitations')
    .set({ by_id: p.by_id, at: p.at, sequence: p.sequence, state: p.state })
    .where('id', '=', p.id),
);
const forgetUser = change<{ userId: number }>((sql, p) =>
  sql.deleteFrom('invitations').where('user_id', '=', p.userId),
);
const forgetEmail = change<{ email: string }>((sql, p) =>
  sql.deleteFrom('invitations').where('email', '=', p.email),
);

export function invitationsOf(db: Db): InvitationQueries & InvitationWrites {
  return {
    get: async (meetingId, id) => (await byId(db, { meetingId, id })).map(toInvitation)[0],
    of: async (meetingId) => (await all(db, { meetingId })).map(toInvitation),
    page: async (meetingId, range) => (await page(db, { meetingId, ...range })).map(toInvitation),
    count: async (meetingId) => (await count(db, { meetingId }))[0]?.n ?? 0,
    sequence: async (meetingId) => (await sequence(db, { meetingId }))[0]?.n ?? 0,
    insert: async (invitations) => {
      await insert(db, invitations.map(toRow));
    },
    update: async (invitations) => {
      for (const invitation of invitations) await update(db, toRow(invitation));
    },
    forget: async (userId, email) => {
      await forgetUser(db, { userId });
      if (email !== null) await forgetEmail(db, { email });
    },
  };
}

const toInvitation = (row: InvitationTable): Invitation => ({
  id: row.id,
  meetingId: row.meeting_id,
  userId: row.user_id,
  email: row.email,
  by: row.by_id,
  at: row.at,
  sequence: row.sequence,
  state: row.state as Invitation['state'],
});

const toRow = ({ meetingId, userId, by, ...same }: Invitation): InvitationTable => ({
  ...same,
  meeting_id: meetingId,
  user_id: userId,
  by_id: by,
});
