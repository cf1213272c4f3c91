import type { Call, Leg } from '../../core/calls/call.ts';
import { callRow, legRow, lives, rings } from './call-rows.ts';
import type { Db } from './db.ts';
import type { CallTable, LegTable } from './schema.ts';
import { change, insertRows } from './statements.ts';

const insertCallRow = change<CallTable>((sql, p) =>
  sql.insertInto('calls').values({
    id: p.id,
    kind: p.kind,
    caller_uid: p.caller_uid,
    group_id: p.group_id,
    state: p.state,
    media: p.media,
    is_group: p.is_group,
    created_at: p.created_at,
    connected_at: p.connected_at,
    ended_at: p.ended_at,
    end_reason: p.end_reason,
    version: p.version,
    offer: p.offer,
  }),
);

type Change = Pick<
  CallTable,
  'id' | 'state' | 'media' | 'is_group' | 'connected_at' | 'ended_at' | 'end_reason'
> & {
  version: number;
  was: number;
};

const setRinging = change<Change>((sql, p) =>
  sql
    .updateTable('calls')
    .set({ state: p.state, media: p.media, is_group: p.is_group, version: p.version })
    .where('id', '=', p.id)
    .where('version', '=', p.was),
);
/** A call that no longer rings needs no description any more. */
const setBeyondRinging = change<Change>((sql, p) =>
  sql
    .updateTable('calls')
    .set({
      state: p.state,
      media: p.media,
      is_group: p.is_group,
      version: p.version,
      connected_at: p.connected_at,
      ended_at: p.ended_at,
      end_reason: p.end_reason,
      offer: null,
    })
    .where('id', '=', p.id)
    .where('version', '=', p.was),
);

const LEG_KEY = ['call_id', 'user_id'] as const;
const LEG_STATE = [
  'place',
  'state',
  'invited_by',
  'device',
  'bound',
  'muted',
  'video_on',
  'deadline_at',
  'lost_at',
  'joined_at',
  'left_at',
  'reason',
] as const;

const legValues = (row: LegTable): LegTable => ({
  call_id: row.call_id,
  user_id: row.user_id,
  uid: row.uid,
  place: row.place,
  state: row.state,
  invited_by: row.invited_by,
  device: row.device,
  bound: row.bound,
  muted: row.muted,
  video_on: row.video_on,
  deadline_at: row.deadline_at,
  lost_at: row.lost_at,
  joined_at: row.joined_at,
  left_at: row.left_at,
  reason: row.reason,
  created_at: row.created_at,
});

const insertLegs = insertRows<LegTable>((sql, rows) => sql.insertInto('legs').values(rows.map(legValues)));
const putLegs = insertRows<LegTable>((sql, rows, dialect) =>
  dialect.replaceTaken(sql.insertInto('legs').values(rows.map(legValues)), LEG_KEY, LEG_STATE),
);

export async function insertCall(db: Db, call: Call, offer: string | null): Promise<void> {
  await insertCallRow(db, callRow(call, rings(call) ? offer : null));
  await insertLegs(
    db,
    call.legs.map((leg) => legRow(call, leg)),
  );
}

/** The version decides, in the database: of two who read the same call one writes. */
export async function saveCall(db: Db, before: Call, after: Call): Promise<boolean> {
  const write = rings(after) ? setRinging : setBeyondRinging;
  const written = await write(db, {
    id: before.id,
    state: after.state,
    media: after.media,
    is_group: after.isGroup ? 1 : 0,
    connected_at: after.connectedAt,
    ended_at: after.endedAt,
    end_reason: after.endReason,
    version: after.version,
    was: before.version,
  });
  if (written !== 1) return false;
  const ended = lives(before) && !lives(after);
  const changed = after.legs.filter((leg) => ended || differs(before, leg));
  if (changed.length > 0) {
    await putLegs(
      db,
      changed.map((leg) => legRow(after, leg)),
    );
  }
  return true;
}

/** Values are replaced, never changed in place: a leg that is the same object is the same. */
const differs = (before: Call, leg: Leg) => !before.legs.includes(leg);
