import type { Group, GroupQueries, GroupWrites } from '../../ports/store/groups.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import { change, insertRows, query, queryIn } from './statements.ts';

type GroupRow = Schema['groups'];
type MemberRow = Schema['group_members'];

const byId = query<{ id: string }, GroupRow>((sql, p) =>
  sql.selectFrom('groups').selectAll().where('id', '=', p.id),
);
const ofUser = query<{ userId: number }, GroupRow>((sql, p) =>
  sql
    .selectFrom('group_members as m')
    .innerJoin('groups as g', 'g.id', 'm.group_id')
    .selectAll('g')
    .where('m.user_id', '=', p.userId)
    .orderBy('g.id'),
);
const membersOf = queryIn<string, object, MemberRow>((sql, ids) =>
  sql.selectFrom('group_members').selectAll().where('group_id', 'in', ids).orderBy('user_id'),
);
const put = change<GroupRow>((sql, p, dialect) =>
  dialect.replaceTaken(
    sql
      .insertInto('groups')
      .values({ id: p.id, name: p.name, owner_id: p.owner_id, created_at: p.created_at }),
    ['id'],
    ['name', 'owner_id'],
  ),
);
const addMembers = insertRows<MemberRow>((sql, rows, dialect) =>
  dialect.ignoreTaken(
    sql
      .insertInto('group_members')
      .values(rows.map((row) => ({ group_id: row.group_id, user_id: row.user_id }))),
  ),
);
const removeMember = change<MemberRow>((sql, p) =>
  sql.deleteFrom('group_members').where('group_id', '=', p.group_id).where('user_id', '=', p.user_id),
);
const removeMembers = change<{ id: string }>((sql, p) =>
  sql.deleteFrom('group_members').where('group_id', '=', p.id),
);
const remove = change<{ id: string }>((sql, p) => sql.deleteFrom('groups').where('id', '=', p.id));

export function groupsOf(db: Db): GroupQueries & GroupWrites {
  return {
    get: async (id) => (await withMembers(db, await byId(db, { id })))[0],
    of: async (userId) => withMembers(db, await ofUser(db, { userId })),
    put: async (group) => {
      // The group's row first: two who replace its members take turns on it.
      await put(db, {
        id: group.id,
        name: group.name,
        owner_id: group.ownerId,
        created_at: group.createdAt,
      });
      await removeMembers(db, { id: group.id });
      const ids = [...new Set(group.memberIds)].sort((a, b) => a - b);
      await addMembers(
        db,
        ids.map((user_id) => ({ group_id: group.id, user_id })),
      );
    },
    remove: async (id) => {
      await remove(db, { id });
      await removeMembers(db, { id });
    },
    addMember: async (id, userId) => {
      await addMembers(db, [{ group_id: id, user_id: userId }]);
    },
    removeMember: async (id, userId) => {
      await removeMember(db, { group_id: id, user_id: userId });
    },
  };
}

async function withMembers(db: Db, rows: readonly GroupRow[]): Promise<Group[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const members = Map.groupBy(await membersOf(db, ids, {}), (member) => member.group_id);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    memberIds: (members.get(row.id) ?? []).map((member) => member.user_id),
    createdAt: row.created_at,
  }));
}
