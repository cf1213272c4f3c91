import { say, sayNow } from './announcer.ts';
import { type CallView, isLive } from './call-view.ts';
import { refusedWord, stateWord } from './call-words.ts';
import { client } from './connection.ts';
import type { DeviceKind } from './devices.ts';
import { groups, loadGroups } from './groups.ts';
import { legNews } from './leg-news.ts';
import { LiveCall } from './live-call.ts';
import { faults, openDevice, openMedia, stopStream } from './media.ts';
import { prefs, setPrefs } from './prefs.ts';
import { remember, restore } from './resume.ts';
import { go, path } from './router.ts';
import type { Call, Person } from './sdk.ts';
import { Store } from './store.ts';
import { toast } from './toasts.ts';

/** The call on the screen: being placed, alive, or ended and not yet put away. */
export const current = new Store<CallView | undefined>(undefined);
/** Calls that ring here. */
export const ringing = new Store<readonly CallView[]>([]);
/** Counts the calls that have ended, so that histories know to look again. */
export const endings = new Store(0);

export interface Dial {
  people: readonly [Person, ...Person[]];
  video: boolean;
  groupId?: string;
}

let dialled: Dial | undefined;
let ownStream: MediaStream | undefined;
/** A number for each attempt: one that was cancelled while it was being placed must not come back. */
let attempt = 0;
const follow = new Map<string, LiveCall>();

/** Calls somebody. The screen is there at once; devices and server follow. */
export async function dial(to: Dial): Promise<void> {
  if (isLive(current.get())) {
    toast('warn', 'call.conflict');
    return;
  }
  const me = ++attempt;
  dialled = to;
  const starting: CallView = {
    id: 'starting',
    kind: to.video ? 'video' : 'audio',
    direction: 'outgoing',
    isGroup: to.people.length > 1 || to.groupId !== undefined,
    ...(to.groupId === undefined ? {} : { groupId: to.groupId }),
    peer: to.people[0],
    people: to.people.map((person) => ({
      person,
      state: 'invited',
      muted: false,
      videoOn: false,
      sharing: false,
      quality: 'good',
    })),
    state: 'starting',
    muted: false,
    videoOn: to.video,
    sharing: false,
  };
  current.set(starting);
  go('/call');
  say('call.calling');
  const stream = await openMedia(to.video);
  if (me !== attempt) return stopStream(stream);
  ownStream = stream;
  const hasVideo = stream.getVideoTracks().length > 0;
  current.set({ ...starting, localStream: stream, videoOn: hasVideo });
  const with_ = client.get();
  try {
    if (!with_) throw new Error('Not connected');
    const uids = to.people.map((p) => p.uid);
    const call = await with_.call(uids.length === 1 && uids[0] !== undefined ? uids[0] : uids, {
      video: to.video,
      stream,
      ...(to.groupId === undefined ? {} : { groupId: to.groupId }),
    });
    if (me !== attempt) {
      await call.hangUp();
      return;
    }
    adopt(call);
  } catch (error) {
    if (me !== attempt) return;
    letGo();
    const key = refusedWord(error);
    current.set({
      ...starting,
      state: 'ended',
      end: { key, seconds: undefined, redial: key !== 'call.notAllowed' },
    });
    sayNow(key);
  }
}

/** Calls the same people once more. */
export function redial(): void {
  const ended = current.get();
  if (ended?.state !== 'ended') return;
  const [first, ...rest] = ended.people.map((p) => p.person);
  const again: Dial = dialled ?? {
    people: first ? [first, ...rest] : [ended.peer],
    video: ended.kind === 'video',
    ...(ended.groupId === undefined ? {} : { groupId: ended.groupId }),
  };
  current.set(undefined);
  void dial(again);
}

/** Takes a call that rings. */
export async function answer(view: CallView, video: boolean): Promise<void> {
  const before = current.get();
  if (isLive(before) && before.call) await before.call.hangUp();
  const call = view.call;
  if (!call) return;
  dialled = undefined;
  ++attempt;
  ringing.update((now) => now.filter((v) => v.id !== view.id));
  current.set({ ...view, state: 'connecting', videoOn: video });
  go('/call');
  const stream = await openMedia(video);
  if (call.state === 'ended') {
    stopStream(stream);
    return;
  }
  ownStream = stream;
  try {
    await call.answer({ video: stream.getVideoTracks().length > 0, stream });
    show(call);
  } catch (error) {
    if (call.state === 'incoming') {
      // It could not be answered and still rings: no connection, most likely.
      letGo();
      current.set(undefined);
      ringing.update((now) => [...now.filter((v) => v.id !== view.id), watch(call).get()]);
      report(error);
    } else {
      // What stood in the way (answered elsewhere, cancelled) ended the call, and its ending says it.
      show(call);
    }
  }
}

export function decline(view: CallView): void {
  void view.call?.reject().catch(report);
}

/** Ends the call on the screen, in whatever state it is. */
export function hangUp(): void {
  const view = current.get();
  if (!isLive(view)) return;
  attempt++;
  if (view.call) void view.call.hangUp().catch(report);
  else {
    letGo();
    putAway();
  }
}

/** Leaves the ended call's page. */
export function putAway(): void {
  if (isLive(current.get()) && current.get()?.call) return;
  current.set(undefined);
  if (path.get() === '/call') go('/calls', { replace: true });
}

export function toggleMute(): void {
  const view = current.get();
  if (!isLive(view) || !view.call) return;
  const { mic } = faults.get();
  if (view.muted && mic && mic !== 'silent') void retryMic();
  else void view.call.mute(!view.muted).catch(report);
}

export async function toggleCamera(): Promise<void> {
  const view = current.get();
  if (!isLive(view) || !view.call) return;
  const on = !view.videoOn;
  try {
    // Asked for here first: what is in the way is told in words, and the SDK then finds it open.
    if (on) stopStream(await openDevice('cam'));
    await view.call.camera(on);
    // The first camera was opened here, so it is ours to switch off.
    if (!on) for (const track of ownStream?.getVideoTracks() ?? []) track.stop();
    const chosen = prefs.get().videoinput;
    if (on && chosen) await takeDevice(view.call, 'videoinput', chosen);
  } catch (error) {
    if (!faults.get().cam) report(error);
  }
}

export async function toggleShare(): Promise<void> {
  const view = current.get();
  if (!isLive(view) || !view.call) return;
  try {
    await view.call.shareScreen(!view.sharing);
    if (!view.sharing) say('call.sharingSelf');
  } catch (error) {
    // Closing the browser's chooser is a change of mind, no failure.
    if (!(error instanceof DOMException && error.name === 'NotAllowedError'))
      toast('warn', 'media.shareFailed');
  }
}

/** Tries the microphone again after it was refused or missing. */
export async function retryMic(): Promise<void> {
  const call = current.get()?.call;
  try {
    stopStream(await openDevice('mic'));
    await call?.mute(false);
    const chosen = prefs.get().audioinput;
    if (chosen && call) await takeDevice(call, 'audioinput', chosen);
  } catch {
    // `faults` says why, and the banner stays.
  }
}

/** A call that appeared by itself: it rings, or came back after a reload or a lost connection. */
export function appear(call: Call): void {
  if (follow.has(call.id)) return;
  if (call.state === 'incoming') watch(call);
  else if (call.state !== 'ended' && !isLive(current.get())) {
    restore(call);
    show(call);
    go('/call');
  }
}

/** Everything of this person goes: sign-out, or another account. */
export function forgetCalls(): void {
  attempt++;
  for (const live of follow.values()) live.close();
  follow.clear();
  letGo();
  ringing.set([]);
  current.set(undefined);
}

function adopt(call: Call): void {
  show(call);
  if (call.state === 'incoming') return;
  say(stateWord(call.state));
}

/** Puts a call on the screen. */
function show(call: Call): void {
  ringing.update((now) => now.filter((v) => v.id !== call.id));
  const live = watch(call);
  current.set(live.get());
}

function watch(call: Call): LiveCall {
  const known = follow.get(call.id);
  if (known) return known;
  const live = new LiveCall(call);
  follow.set(call.id, live);
  if (call.state === 'incoming') {
    ringing.update((now) => [...now, live.get()]);
    announceRinging(live.get());
  }
  let before = live.get();
  live.subscribe(() => {
    const view = live.get();
    change(before, view);
    before = view;
  });
  return live;
}

function announceRinging(view: CallView): void {
  // A group made since the list was read is not known by name yet.
  const { groupId } = view;
  if (groupId !== undefined && !groups.get().data?.some((g) => g.id === groupId)) void loadGroups();
  sayNow(view.isGroup ? 'call.inGroup' : 'call.incomingTitle', { name: view.peer.name });
}

function change(before: CallView, view: CallView): void {
  if (ringing.get().some((v) => v.id === view.id)) {
    if (view.state === 'incoming') ringing.update((now) => now.map((v) => (v.id === view.id ? view : v)));
    else stopRinging(view);
  } else if (current.get()?.id === view.id) {
    // Between the press on Answer and the server's word the SDK may still say `incoming`.
    current.set(view.state === 'incoming' ? { ...view, state: 'connecting' } : view);
    if (view.state === 'connected') remember(view);
    if (before.state !== view.state) told(view);
    for (const { key, name, shown } of legNews(before, view)) {
      if (shown) toast('info', key, { name });
      else say(key, { name });
    }
  }
  if (view.state === 'ended' && before.state !== 'ended') over(view);
}

function told(view: CallView): void {
  if (view.state === 'ended' && view.end) sayNow(view.end.key);
  else if (view.state !== 'incoming') say(stateWord(view.state));
}

/** A call that no longer rings here without having been answered here. */
function stopRinging(view: CallView): void {
  ringing.update((now) => now.filter((v) => v.id !== view.id));
  if (view.state !== 'ended') {
    current.set(view);
    go('/call');
    return;
  }
  const reason = view.call?.endReason;
  if (reason === 'answered_elsewhere' || reason === 'rejected_elsewhere') {
    toast('info', reason === 'answered_elsewhere' ? 'call.elsewhere' : 'call.declinedElsewhere');
  } else if (reason !== 'rejected' && reason !== 'hung_up') {
    toast('warn', 'call.missedFrom', { name: view.peer.name });
  }
}

function over(view: CallView): void {
  follow.get(view.id)?.close();
  follow.delete(view.id);
  if (current.get()?.id === view.id) {
    letGo();
    // An ending seen from another page is told in a toast; the page itself goes on.
    if (path.get() !== '/call') {
      if (view.end) toast('info', view.end.key);
      current.set(undefined);
    }
  }
  endings.update((n) => n + 1);
}

/** Gives the devices back. */
function letGo(): void {
  stopStream(ownStream);
  ownStream = undefined;
  faults.set({});
}

function report(error: unknown): void {
  toast('danger', refusedWord(error));
}

/** Takes another device, in the call that is on and from now on. */
export async function chooseDevice(kind: DeviceKind, deviceId: string): Promise<void> {
  setPrefs({ [kind]: deviceId });
  const view = current.get();
  if (!isLive(view) || !view.call) return;
  try {
    await takeDevice(view.call, kind, deviceId || 'default');
  } catch (error) {
    report(error);
  }
}

/** Asks more people into the call. */
export async function invite(people: readonly Person[]): Promise<void> {
  const view = current.get();
  if (!isLive(view) || !view.call) return;
  try {
    await view.call.invite(people.map((p) => p.uid));
  } catch (error) {
    report(error);
  }
}

function takeDevice(call: Call, kind: DeviceKind, deviceId: string): Promise<void> {
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of the call, no hook of React.
  return call.useDevice(kind, deviceId);
}
