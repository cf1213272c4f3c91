import { need } from './connection.ts';
import type { MeetingPlace } from './meet-place.ts';
import type { MeetingParticipant, MeetingRole } from './sdk.ts';
import { toast, toastProblem } from './toasts.ts';

/** What those who run a meeting do; a refusal is told. */

export async function admit(place: MeetingPlace, people: readonly MeetingParticipant[]): Promise<void> {
  // One after the other: the last place goes to whoever has waited longest.
  for (const { userId } of people) {
    try {
      await need().meetings.add(place.id, userId);
    } catch (error) {
      toastProblem(error);
      return;
    }
  }
}

/** Takes somebody out, or turns away who waits. */
export async function takeOut(place: MeetingPlace, userId: number): Promise<void> {
  await need().meetings.remove(place.id, userId).catch(toastProblem);
}

export async function giveRole(place: MeetingPlace, userId: number, role: MeetingRole): Promise<void> {
  await need().meetings.setRole(place.id, userId, role).catch(toastProblem);
}

export async function muteInMeeting(
  place: MeetingPlace,
  userId: number,
  kind: 'audio' | 'video' = 'audio',
): Promise<void> {
  await need().meetings.mute(place.id, userId, kind).catch(toastProblem);
}

export async function muteAll(place: MeetingPlace): Promise<void> {
  try {
    await need().meetings.mute(place.id);
    toast('ok', 'meet.mutedAll');
  } catch (error) {
    toastProblem(error);
  }
}

export async function setLocked(place: MeetingPlace, locked: boolean): Promise<void> {
  try {
    await need().meetings.lock(place.id, locked);
    toast('ok', locked ? 'meet.lockedNow' : 'meet.unlockedNow');
  } catch (error) {
    toastProblem(error);
  }
}
