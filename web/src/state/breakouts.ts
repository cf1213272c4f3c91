import { meetingsApi } from './guest.ts';
import { MeetingPlace } from './meet-place.ts';
import type { Ticket } from './place.ts';
import type { BreakoutName, NewBreakouts } from './sdk.ts';
import { Store } from './store.ts';
import { toast, toastProblem } from './toasts.ts';
import { moveInto, over, visit } from './visit.ts';

/** Into breakout rooms and back. The meeting's line stays open meanwhile: one keeps one's place in it. */

/** The room that somebody does not go to by themselves: they wanted to stay, or were there. */
export const declined = new Store<number | undefined>(undefined);

/** Who has asked for help, and where; the latest last. */
export const helpWanted = new Store<readonly { name: string; room: BreakoutName }[]>([]);

/** The breakout room one is in, or on the way to. */
export const roomNow = (): MeetingPlace | undefined => {
  const place = visit.get()?.place;
  return place instanceof MeetingPlace && place.home ? place : undefined;
};

export async function goToRoom(home: MeetingPlace, { id, name }: BreakoutName): Promise<void> {
  const before = roomNow();
  if (before?.id === id) return;
  declined.set(id);
  helpWanted.update((all) => all.filter(({ room }) => room.id !== id));
  const room = new MeetingPlace(id, name, home);
  home.over = (why) => over(home, why);
  try {
    const going = moveInto(
      room,
      () => room.join(() => undefined),
      () => void goOn(room, home),
    );
    before?.leave();
    if (!(await going)) room.leave();
  } catch (error) {
    console.warn(error);
    toastProblem(error);
    if (visit.get()?.place === room) await backToMain(home);
  }
}

/** Out of a room: into the next one, where one has a place there now, else back. */
async function goOn(room: MeetingPlace, home: MeetingPlace): Promise<void> {
  const list = await meetingsApi()
    .breakouts.get(home.id)
    .catch(() => undefined);
  // The meeting's line has told meanwhile.
  if (roomNow() !== room) return;
  const next = list?.rooms.find(({ id }) => id === list.room);
  if (!next || next.id === room.id) return backToMain(home);
  toast('info', 'breakout.movedTo', { room: next.name });
  await goToRoom(home, next);
}

export async function backToMain(home: MeetingPlace): Promise<void> {
  const room = roomNow();
  if (!room) return;
  declined.set(room.id);
  try {
    const going = moveInto(
      home,
      () => ticketOf(home),
      (why) => over(home, why),
    );
    room.leave();
    await going;
  } catch (error) {
    console.warn(error);
    if (visit.get()?.place === home) over(home, 'lost');
  }
}

/** A fresh way to the media of a meeting whose line is open. */
async function ticketOf(home: MeetingPlace): Promise<Ticket> {
  const { media } = await meetingsApi().join(home.id);
  if (!media) throw new Error('the meeting has no media');
  return media;
}

export async function openRooms(home: MeetingPlace, asked: NewBreakouts): Promise<void> {
  await meetingsApi().breakouts.open(home.id, asked).catch(toastProblem);
}

/** Gives somebody a place; `null`: none. */
export async function place(home: MeetingPlace, userId: number, roomId: number | null): Promise<void> {
  await meetingsApi().breakouts.move(home.id, userId, roomId).catch(toastProblem);
}

/** One's own choice, where the rooms are free. */
export async function choose(home: MeetingPlace, room: BreakoutName): Promise<void> {
  const { userId } = home.view.get() ?? {};
  if (userId === undefined) return;
  declined.set(room.id);
  try {
    await meetingsApi().breakouts.move(home.id, userId, room.id);
  } catch (error) {
    toastProblem(error);
    return;
  }
  await goToRoom(home, room);
}

/** Whether it was sent. */
export async function tellRooms(home: MeetingPlace, content: string): Promise<boolean> {
  try {
    await meetingsApi().breakouts.tell(home.id, content);
    toast('ok', 'breakout.sent');
    return true;
  } catch (error) {
    toastProblem(error);
    return false;
  }
}

export async function closeRooms(home: MeetingPlace, graceSeconds?: number): Promise<void> {
  await meetingsApi().breakouts.close(home.id, graceSeconds).catch(toastProblem);
}

export async function askForHelp(home: MeetingPlace): Promise<void> {
  try {
    await meetingsApi().breakouts.help(home.id);
    toast('ok', 'breakout.helpSent');
  } catch (error) {
    toastProblem(error);
  }
}
