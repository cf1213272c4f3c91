import { say } from './announcer.ts';
import type { DeviceKind } from './devices.ts';
import { type Device, faultOf, faultWords } from './media-problem.ts';
import { setPrefs } from './prefs.ts';
import type { RoomPlace } from './room-place.ts';
import type { Person } from './sdk.ts';
import { Store } from './store.ts';
import { toast, toastProblem } from './toasts.ts';
import { inside } from './visit.ts';

/** The panel beside the stage. */
export type Panel = 'people' | 'chat' | 'polls' | 'breakouts' | 'info';
export const panel = new Store<Panel | undefined>(undefined);

/** The reactions to choose from are open. */
export const reacting = new Store(false);
/** The list of keys is open: the settings' page would lead out of the room. */
export const keysShown = new Store(false);

export function togglePanel(which: Panel): void {
  // Where nobody may write there is nothing to open.
  if (which === 'chat' && inside()?.place.rights.get().chat === false) return;
  panel.update((now) => (now === which ? undefined : which));
}

const busy = new Set<string>();

/** A press while the device is being opened is one too many. */
async function once(what: string, task: () => Promise<void>): Promise<void> {
  if (busy.has(what)) return;
  busy.add(what);
  try {
    await task();
  } finally {
    busy.delete(what);
  }
}

export async function toggleRoomDevice(device: Device): Promise<void> {
  const now = inside();
  if (!now || (device === 'cam' && !now.place.rights.get().camera)) return;
  const { media } = now;
  await once(device, () => media.set(device, !media.own.get()[device]));
}

export async function toggleRoomShare(): Promise<void> {
  const now = inside();
  if (!now || !(now.place.rights.get().share || now.media.own.get().sharing)) return;
  const { media } = now;
  await once('share', async () => {
    try {
      await media.share(!media.own.get().sharing);
      if (media.own.get().sharing) say('call.sharingSelf');
    } catch {
      toast('warn', 'media.shareFailed');
    }
  });
}

export async function toggleHand(): Promise<void> {
  const now = inside();
  if (!now) return;
  const { place, media } = now;
  await once('hand', async () => {
    const up = !place.hands.get().has(media.room.localParticipant.identity);
    try {
      await place.raise(up);
      say(up ? 'room.handUp' : 'room.handDown');
    } catch (error) {
      toastProblem(error);
    }
  });
}

/** Takes another device, in the room and from now on. */
export async function chooseRoomDevice(kind: DeviceKind, deviceId: string): Promise<void> {
  setPrefs({ [kind]: deviceId });
  try {
    await inside()?.media.switchTo(kind, deviceId);
  } catch (error) {
    toast('danger', faultWords(kind === 'videoinput' ? 'cam' : 'mic', faultOf(error)).title);
  }
}

export async function muteOther(place: RoomPlace, identity: string, trackSid: string): Promise<void> {
  await place.mute(identity, trackSid).catch(toastProblem);
}

export async function removeOther(place: RoomPlace, uid: string): Promise<void> {
  await place.remove(uid).catch(toastProblem);
}

export async function inviteToRoom(place: RoomPlace, people: readonly Person[]): Promise<void> {
  try {
    await place.invite(people);
    toast('ok', 'room.invitedDone', { count: people.length });
  } catch (error) {
    toastProblem(error);
  }
}

/** For everybody in it. */
export async function endPlace(): Promise<void> {
  await inside()?.place.end().catch(toastProblem);
}

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast('ok', 'room.copied');
  } catch {
    toast('warn', 'room.copyFailed');
  }
}
