import type { WordKey, WordValues } from '../i18n/index.ts';
import { need } from './connection.ts';
import { problemOf, reasonOf } from './errors.ts';
import type { NewRoom, RoomEntry, RoomInfo, RoomMember } from './sdk.ts';
import { Loader } from './store.ts';

/** A room of one's own, with who is in it while it is open. */
export interface RoomRow {
  info: RoomInfo;
  members: readonly RoomMember[];
}

export const rooms = new Loader<readonly RoomRow[]>();

/** Enough for a list that is read from the top. */
const LISTED = 30;

export const isOpen = ({ status }: RoomInfo): boolean => status === 'waiting' || status === 'live';

export function loadRooms(): Promise<void> {
  return rooms.load(async () => {
    const api = need().rooms;
    const { rooms: found } = await api.list({ limit: LISTED });
    return Promise.all(
      found.map(async (info) => ({ info, members: isOpen(info) ? await api.members(info.name) : [] })),
    );
  });
}

export interface RoomProblem {
  key: WordKey;
  values?: WordValues;
  /** It is the name that is wrong. */
  field?: 'name';
  /** The room one is in already. */
  room?: string;
}

/** Makes a room; a refusal says in words what stands in the way. */
export async function createRoom(wanted: NewRoom): Promise<{ entry: RoomEntry } | { problem: RoomProblem }> {
  try {
    return { entry: await need().rooms.create(wanted) };
  } catch (error) {
    return { problem: await problemOfNew(error, wanted) };
  }
}

/** Contract D has one code for everything it refuses; which it was is found by looking. */
async function problemOfNew(error: unknown, wanted: NewRoom): Promise<RoomProblem> {
  const reason = reasonOf(error);
  if (reason === 'unavailable') return { key: 'rooms.noServer' };
  if (reason !== 'invalid' && reason !== 'conflict') return { key: problemOf(error).title };
  const api = need().rooms;
  if (wanted.name !== undefined) {
    const taken = await api.get(wanted.name).then(
      () => true,
      // Somebody else's room may not be looked at, but there it is.
      (why: unknown) => reasonOf(why) === 'forbidden',
    );
    if (taken) return { key: 'rooms.taken', field: 'name' };
  }
  const mine = await roomOfMine().catch(() => undefined);
  if (mine !== undefined) return { key: 'rooms.engagedIn', values: { name: mine }, room: mine };
  return { key: wanted.invite?.length ? 'rooms.someoneEngaged' : 'rooms.engaged' };
}

/** The open room this person is in, if any. */
export async function roomOfMine(): Promise<string | undefined> {
  const me = need().me?.uid;
  await loadRooms();
  const rows = rooms.get().data ?? [];
  return rows.find(
    ({ info, members }) => isOpen(info) && members.some((m) => m.person.uid === me && m.status === 'joined'),
  )?.info.name;
}
