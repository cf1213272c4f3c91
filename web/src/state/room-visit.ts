import type { WordKey } from '../i18n/index.ts';
import { sayNow } from './announcer.ts';
import { isLive } from './call-view.ts';
import { client, need } from './connection.ts';
import { problemOf, reasonOf } from './errors.ts';
import { faults } from './media.ts';
import type { MediaRoom } from './media-room.ts';
import { current } from './phone.ts';
import { isOpen, roomOfMine } from './rooms.ts';
import type { RoomEntry, RoomInfo } from './sdk.ts';
import { resetStage } from './stage-view.ts';
import { Store } from './store.ts';

/** Why a room is not, or no longer, open to this person. */
export type Over =
  | 'gone'
  | 'ended'
  | 'cancelled'
  | 'full'
  | 'removed'
  | 'left'
  | 'elsewhere'
  | 'lost'
  | 'engaged'
  | 'failed';

/** How this person stands to the room of the address: before its door, inside, or out of it. */
export type Visit =
  | { phase: 'door' | 'entering'; name: string; info?: RoomInfo }
  | { phase: 'inside'; name: string; info?: RoomInfo; entry: RoomEntry; media: MediaRoom; since: Date }
  | { phase: 'over'; name: string; why: Over; details?: string };

export const visit = new Store<Visit | undefined>(undefined);

/** What somebody brings in; absent is off. */
export interface Bring {
  mic?: MediaStreamTrack;
  cam?: MediaStreamTrack;
}

/** Each way in has a number: one that was given up must not end up inside. */
let attempt = 0;

/** Goes to a room's door. */
export function approach(name: string): void {
  attempt++;
  faults.set({});
  resetStage();
  visit.set({ phase: 'door', name });
  void look(name, attempt);
}

/** Whether there is such a room, as far as this person may know. */
async function look(name: string, me: number): Promise<void> {
  try {
    const api = await ready();
    const info = await api.rooms.get(name);
    if (me !== attempt) return;
    const now = visit.get();
    if (!isOpen(info)) over(name, info.status === 'cancelled' ? 'cancelled' : 'ended');
    else if (now && now.phase !== 'over') visit.set({ ...now, info });
  } catch (error) {
    // Somebody uninvited may not look, but may join.
    if (me === attempt && reasonOf(error) === 'not_found') over(name, 'gone');
  }
}

/** The client may still be opening: a link is the first page of many. */
async function ready() {
  const api = need();
  await api.ready;
  return api;
}

/** Comes in. The tracks are the room's from now on, whatever becomes of it. */
export async function enter(bring: Bring): Promise<void> {
  const before = visit.get();
  if (before?.phase !== 'door' && before?.phase !== 'over') return;
  const { name } = before;
  const info = before.phase === 'door' ? before.info : undefined;
  const me = ++attempt;
  visit.set({ phase: 'entering', name, ...(info && { info }) });
  try {
    if (isLive(current.get())) return refuse(name, 'engaged', bring);
    const api = await ready();
    const [entry, { MediaRoom }] = await Promise.all([api.rooms.join(name), import('./media-room.ts')]);
    if (me !== attempt) return giveBack(bring, name);
    const media = await MediaRoom.open(entry, bring);
    if (me !== attempt) {
      media.close();
      return giveBack({}, name);
    }
    media.over = (why) => {
      if (me === attempt) over(name, why);
    };
    const now = visit.get();
    const known = now?.phase === 'entering' ? now.info : info;
    visit.set({ phase: 'inside', name, entry, media, since: new Date(), ...(known && { info: known }) });
    if (!known) void look(name, me);
  } catch (error) {
    if (me !== attempt) return giveBack(bring);
    const { why, details } = await whyNot(name, error);
    refuse(name, why, bring, details);
  }
}

function refuse(name: string, why: Over, bring: Bring, details?: string): void {
  giveBack(bring);
  over(name, why, details);
}

function giveBack({ mic, cam }: Bring, leaving?: string): void {
  for (const track of [mic, cam]) track?.stop();
  if (leaving !== undefined) tellLeft(leaving);
}

/** Contract D has one code for everything it refuses; which it was is found by looking. */
async function whyNot(name: string, error: unknown): Promise<{ why: Over; details?: string }> {
  const details = problemOf(error).details;
  const reason = reasonOf(error);
  if (reason === 'not_found') return { why: 'gone' };
  if (reason === 'network') return { why: 'lost', details };
  if (reason !== 'invalid' && reason !== 'conflict' && reason !== 'limit') return { why: 'failed', details };
  if (reason === 'limit') return { why: 'full' };
  const info = await client
    .get()
    ?.rooms.get(name)
    .catch(() => undefined);
  if (info && !isOpen(info)) return { why: info.status === 'cancelled' ? 'cancelled' : 'ended' };
  const mine = await roomOfMine().catch(() => undefined);
  if (mine !== undefined && mine !== name) return { why: 'engaged', details };
  return { why: isLive(current.get()) ? 'engaged' : 'full', details };
}

/** Leaves, and stays on the page that says so. */
export function leave(): void {
  const now = visit.get();
  if (now?.phase !== 'inside') return;
  attempt++;
  now.media.close();
  tellLeft(now.name);
  over(now.name, 'left');
}

/** The page goes: whatever is on is switched off. */
export function depart(): void {
  const now = visit.get();
  attempt++;
  if (now?.phase === 'inside') {
    now.media.close();
    tellLeft(now.name);
  }
  faults.set({});
  visit.set(undefined);
}

/** Who cannot tell has left all the same when the media is gone for a while. */
function tellLeft(name: string): void {
  void client
    .get()
    ?.rooms.leave(name)
    .catch((error: unknown) => console.warn(error));
}

export async function endForAll(): Promise<void> {
  const now = visit.get();
  if (now?.phase === 'inside') await need().rooms.end(now.name);
}

const overWords: Record<Over, WordKey> = {
  gone: 'room.gone',
  ended: 'room.ended',
  cancelled: 'room.wasCancelled',
  full: 'room.full',
  removed: 'room.removed',
  left: 'room.left',
  elsewhere: 'room.elsewhere',
  lost: 'room.lost',
  engaged: 'room.engaged',
  failed: 'room.failed',
};

export const overWord = (why: Over): WordKey => overWords[why];

function over(name: string, why: Over, details?: string): void {
  const now = visit.get();
  if (now?.phase === 'inside') now.media.close();
  visit.set({ phase: 'over', name, why, ...(details !== undefined && { details }) });
  sayNow(overWord(why));
}

/** The room one is in, if any. */
export function inside(): Extract<Visit, { phase: 'inside' }> | undefined {
  const now = visit.get();
  return now?.phase === 'inside' ? now : undefined;
}
