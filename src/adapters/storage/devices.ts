import type { Device, DeviceQueries, DeviceWrites } from '../../ports/store/devices.ts';
import type { Db } from './db.ts';
import type { DeviceTable } from './schema.ts';
import { change, query, queryIn } from './statements.ts';

const of = query<{ userId: number }, DeviceTable>((sql, p) =>
  sql.selectFrom('devices').selectAll().where('user_id', '=', p.userId).orderBy('connected_at').orderBy('id'),
);
const online = queryIn<number, object, { user_id: number }>((sql, ids) =>
  sql.selectFrom('devices').select('user_id').distinct().where('user_id', 'in', ids),
);
const ofDeadNodes = query<{ now: number }, DeviceTable>((sql, p) =>
  sql
    .selectFrom('devices as d')
    .leftJoin('leases as l', 'l.name', 'd.node_id')
    .selectAll('d')
    .where(({ eb, or }) => or([eb('l.name', 'is', null), eb('l.until', '<=', p.now)])),
);
const ofNode = query<{ nodeId: string }, DeviceTable>((sql, p) =>
  sql.selectFrom('devices').selectAll().where('node_id', '=', p.nodeId),
);
const add = change<DeviceTable>((sql, p, dialect) =>
  dialect.replaceTaken(
    sql.insertInto('devices').values({
      id: p.id,
      user_id: p.user_id,
      node_id: p.node_id,
      jti: p.jti,
      user_agent: p.user_agent,
      connected_at: p.connected_at,
    }),
    ['node_id', 'user_id', 'id'],
    ['jti', 'user_agent', 'connected_at'],
  ),
);
const remove = change<{ userId: number; id: string; nodeId: string }>((sql, p) =>
  sql
    .deleteFrom('devices')
    .where('node_id', '=', p.nodeId)
    .where('user_id', '=', p.userId)
    .where('id', '=', p.id),
);
const removeOfNode = change<{ nodeId: string }>((sql, p) =>
  sql.deleteFrom('devices').where('node_id', '=', p.nodeId),
);

export function devicesOf(db: Db): DeviceQueries & DeviceWrites {
  return {
    of: async (userId) => (await of(db, { userId })).map(toDevice),
    online: async (ids) => new Set((await online(db, ids, {})).map((row) => row.user_id)),
    ofDeadNodes: async (now) => (await ofDeadNodes(db, { now })).map(toDevice),
    add: async (device) => {
      await add(db, {
        id: device.id,
        user_id: device.userId,
        node_id: device.nodeId,
        jti: device.jti,
        user_agent: device.userAgent,
        connected_at: device.connectedAt,
      });
    },
    remove: async (userId, id, nodeId) => {
      await remove(db, { userId, id, nodeId });
    },
    removeOfNode: async (nodeId) => {
      const gone = await ofNode(db, { nodeId });
      await removeOfNode(db, { nodeId });
      return gone.map(toDevice);
    },
  };
}

const toDevice = (row: DeviceTable): Device => ({
  id: row.id,
  userId: row.user_id,
  nodeId: row.node_id,
  jti: row.jti,
  userAgent: row.user_agent,
  connectedAt: row.connected_at,
});
