import { sayNow } from './announcer.ts';
import { isLive } from './call-view.ts';
import { need } from './connection.ts';
import { problemOf } from './errors.ts';
import { guest } from './guest.ts';
import { faults } from './media.ts';
import type { MediaRoom, Own } from './media-room.ts';
import { current } from './phone.ts';
import type { Over, Place, Ticket } from './place.ts';
import { resetStage } from './stage-view.ts';
import { Store } from './store.ts';
import { toast } from './toasts.ts';

/** How this person stands to the place of the address: before its door, inside, or out of it. */
export type Visit =
  | { phase: 'door' | 'entering' | 'waiting'; place: Place }
  | { phase: 'inside'; place: Place; media: MediaRoom; since: Date }
  /** From inside one place into another, with what was on. */
  | { phase: 'moving'; place: Place; own: Own; since: Date }
  /** `stayed`: how long they were in it, in milliseconds. */
  | { phase: 'over'; place: Place; why: Over; details?: string; stayed?: number };

export type Inside = Extract<Visit, { phase: 'inside' }>;

export const visit = new Store<Visit | undefined>(undefined);

/** What somebody brings in; absent is off. */
export interface Bring {
  mic?: MediaStreamTrack;
  cam?: MediaStreamTrack;
}

/** Each way in has a number: one that was given up must not end up inside. */
let attempt = 0;

/** Goes to a door. */
export function approach(place: Place): void {
  const me = ++attempt;
  faults.set({});
  resetStage();
  visit.set({ phase: 'door', place });
  void look(place, me);
}

async function look(place: Place, me: number): Promise<void> {
  try {
    await ready();
    const why = await place.look();
    if (me === attempt && why) over(place, why);
  } catch (error) {
    // Nothing is known of it, which is no reason not to try to come in.
    console.warn(error);
  }
}

/** The client may still be opening: a link is the first page of many. */
async function ready(): Promise<void> {
  if (!guest.get()) await need().ready;
}

/**
 * Comes in. What is brought is taken when somebody is let in, for they may have to wait; from then on
 * the tracks are the room's, whatever becomes of it.
 */
export async function enter(take: () => Bring): Promise<void> {
  const before = visit.get();
  if (before?.phase !== 'door') return;
  const { place } = before;
  const me = ++attempt;
  visit.set({ phase: 'entering', place });
  let bring: Bring = {};
  try {
    if (isLive(current.get())) return over(place, 'engaged');
    await ready();
    const waits = () => {
      if (me === attempt) visit.set({ phase: 'waiting', place });
    };
    const [ticket, { MediaRoom }] = await Promise.all([place.join(waits), import('./media-room.ts')]);
    if (me !== attempt) return place.leave();
    place.over = (why) => {
      if (me === attempt) over(place, why);
    };
    // A call that was taken while one waited.
    if (isLive(current.get())) {
      place.leave();
      return over(place, 'engaged');
    }
    bring = take();
    if (ticket.muted && bring.mic) {
      bring.mic.stop();
      delete bring.mic;
      toast('info', 'meet.joinedMuted');
    }
    const media = await MediaRoom.open(ticket, bring);
    if (me !== attempt) {
      media.close();
      return place.leave();
    }
    media.over = place.over;
    place.opened(media);
    visit.set({ phase: 'inside', place, media, since: new Date() });
  } catch (error) {
    for (const track of [bring.mic, bring.cam]) track?.stop();
    if (me !== attempt) return;
    const { why, details } = await place.whyNot(error).catch(() => failure(error));
    if (me !== attempt) return;
    if (why) over(place, why, details);
    else visit.set({ phase: 'door', place });
  }
}

const failure = (error: unknown): { why: Over; details: string } => ({
  why: 'failed',
  details: problemOf(error).details,
});

/**
 * Goes from the place one is in to another without a door between: what was on is on there too. Answers
 * whether one is in; `false` when something else has come between. Rejects when there is no way in.
 */
export async function moveInto(
  place: Place,
  join: () => Promise<Ticket>,
  ends: (why: Over) => void,
): Promise<boolean> {
  const before = visit.get();
  if (before?.phase !== 'inside' && before?.phase !== 'moving') return false;
  const me = ++attempt;
  const own = before.phase === 'inside' ? before.media.own.get() : before.own;
  if (before.phase === 'inside') before.media.close();
  const { since } = before;
  visit.set({ phase: 'moving', place, own, since });
  const [ticket, { MediaRoom }] = await Promise.all([join(), import('./media-room.ts')]);
  if (me !== attempt) return false;
  const media = await MediaRoom.open(ticket, {});
  await Promise.all([
    own.mic && !ticket.muted && media.set('mic', true),
    own.cam && place.rights.get().camera && media.set('cam', true),
  ]);
  if (me !== attempt) {
    media.close();
    return false;
  }
  media.over = (why) => {
    if (me === attempt) ends(why);
  };
  place.over = media.over;
  place.opened(media);
  visit.set({ phase: 'inside', place, media, since });
  return true;
}

/** Leaves, and stays on the page that says so. */
export function leave(): void {
  const now = inside();
  if (!now) return;
  for (const place of whole(now.place)) place.leave();
  over(now.place, 'left');
}

/** The page goes: whatever is on is switched off. */
export function depart(): void {
  const now = visit.get();
  attempt++;
  if (now?.phase === 'inside') now.media.close();
  if (now && now.phase !== 'over' && now.phase !== 'door')
    for (const place of whole(now.place)) place.leave();
  faults.set({});
  visit.set(undefined);
}

/** A place and what it is a room of. */
const whole = (place: Place): Place[] => (place.home ? [place, place.home] : [place]);

/** Out of it, and of what it is a room of. */
export function over(of: Place, why: Over, details?: string): void {
  const place = of.home ?? of;
  const here = visit.get()?.place;
  const now = inside();
  // Whatever was still on its way in has come too late.
  attempt++;
  now?.media.close();
  for (const one of here?.home === place ? whole(here) : [place]) one.close();
  const stayed = now && Date.now() - now.since.getTime();
  visit.set({
    phase: 'over',
    place,
    why,
    ...(details !== undefined && { details }),
    ...(stayed !== undefined && { stayed }),
  });
  sayNow(place.overWord(why));
}

/** The place one is in, if any. */
export function inside(): Inside | undefined {
  const now = visit.get();
  return now?.phase === 'inside' ? now : undefined;
}
