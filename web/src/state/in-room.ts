import { say } from './announcer.ts';
import { need } from './connection.ts';
import type { DeviceKind } from './devices.ts';
import { type Device, faultOf, faultWords } from './media-problem.ts';
import { setPrefs } from './prefs.ts';
import { endForAll, inside } from './room-visit.ts';
import type { Person } from './sdk.ts';
import { Store } from './store.ts';
import { toast, toastProblem } from './toasts.ts';

/** The panel beside the stage. */
export type Panel = 'people' | 'chat' | 'info';
export const panel = new Store<Panel | undefined>(undefined);

/** The reactions to choose from are open. */
export const reacting = new Store(false);
/** The list of keys is open: the settings' page would lead out of the room. */
export const keysShown = new Store(false);

export function togglePanel(which: Panel): void {
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
  const media = inside()?.media;
  if (media) await once(device, () => media.set(device, !media.own.get()[device]));
}

export async function toggleRoomShare(): Promise<void> {
  const media = inside()?.media;
  if (!media) return;
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
  const media = inside()?.media;
  if (!media) return;
  await once('hand', async () => {
    try {
      await media.raise(!media.own.get().hand);
      say(media.own.get().hand ? 'room.handUp' : 'room.handDown');
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

export async function muteOther(identity: string, trackSid: string): Promise<void> {
  await inside()?.media.muteOther(identity, trackSid).catch(toastProblem);
}

export async function removeOther(uid: string): Promise<void> {
  const now = inside();
  if (now) await need().rooms.remove(now.name, uid).catch(toastProblem);
}

export async function inviteToRoom(people: readonly Person[]): Promise<void> {
  const now = inside();
  if (!now) return;
  try {
    await need().rooms.invite(
      now.name,
      people.map((p) => p.uid),
    );
    toast('ok', 'room.invitedDone', { count: people.length });
  } catch (error) {
    toastProblem(error);
  }
}

export async function endRoom(): Promise<void> {
  await endForAll().catch(toastProblem);
}

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast('ok', 'room.copied');
  } catch {
    toast('warn', 'room.copyFailed');
  }
}
