import { say, sayNow } from './announcer.ts';
import { type CallView, groupWord, isLive } from './call-view.ts';
import { refusedWord, stateWord } from './call-words.ts';
import { need } from './connection.ts';
import { problemOf, reasonOf } from './errors.ts';
import { seekGroup } from './groups.ts';
import { legNews } from './leg-news.ts';
import { LiveCall } from './live-call.ts';
import { faults, openMedia, stopStream } from './media.ts';
import { remember, restore } from './resume.ts';
import { go, path } from './router.ts';
import type { Call, Client, Person } from './sdk.ts';
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
  /** A call that was lost: it is come back into if it goes on without us. */
  lost?: string;
}

let dialled: Dial | undefined;
let ownStream: MediaStream | undefined;
/** A number for each attempt: one that was cancelled while it was being placed must not come back. */
let attempt = 0;
/** While the server has yet to say what becomes of an attempt, the call that appears is that attempt's. */
let placing = 0;
const follow = new Map<string, LiveCall>();

/** Calls somebody. The screen is there at once; devices and server follow. */
export async function dial(to: Dial): Promise<void> {
  if (isLive(current.get())) {
    toast('warn', 'call.conflict');
    return;
  }
  const me = ++attempt;
  const { lost, ...again } = to;
  dialled = again;
  const starting: CallView = {
    id: lost ?? 'starting',
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
  placing++;
  try {
    const call = await place(need(), to, stream);
    if (me !== attempt) {
      await call.hangUp();
      return;
    }
    adopt(call);
  } catch (error) {
    if (me !== attempt) return;
    letGo();
    const key = refusedWord(error);
    const rejoin = lost !== undefined;
    current.set({
      ...starting,
      state: 'ended',
      end: { key, seconds: undefined, redial: key !== 'call.notAllowed', ...(rejoin && { rejoin }) },
    });
    sayNow(key);
  } finally {
    placing--;
  }
}

/** The call that was asked for: the lost one where it goes on, else a new one. */
async function place(phone: Client, to: Dial, stream: MediaStream): Promise<Call> {
  const { video, groupId } = to;
  if (to.lost !== undefined) {
    try {
      return await phone.join(to.lost, { video, stream });
    } catch (error) {
      if (!OVER.has(reasonOf(error))) throw error;
    }
  }
  const uids = to.people.map((p) => p.uid);
  const [first] = uids;
  return phone.call(uids.length === 1 && first !== undefined ? first : uids, {
    video,
    stream,
    ...(groupId === undefined ? {} : { groupId }),
  });
}

/** What the server says of a call that nobody can come back into. */
const OVER: ReadonlySet<string> = new Set(['conflict', 'not_found', 'forbidden']);

/** Calls the same people once more; a call that was lost is come back into where it goes on. */
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
  void dial(ended.end?.rejoin ? { ...again, lost: ended.id } : again);
}

/** Takes a call that rings. */
export async function answer(view: CallView, video: boolean): Promise<void> {
  const call = view.call;
  // A second press finds the card gone.
  if (!call || !ringing.get().some((v) => v.id === view.id)) return;
  ringing.update((now) => now.filter((v) => v.id !== view.id));
  const before = current.get();
  dialled = undefined;
  ++attempt;
  if (isLive(before) && before.call) await before.call.hangUp().catch(report);
  else letGo();
  current.set({ ...view, state: 'connecting', videoOn: video });
  go('/call');
  const stream = await openMedia(video);
  if (call.state === 'ended') {
    stopStream(stream);
    show(call);
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

/** A call that rings here. */
export function ring(call: Call): void {
  if (call.state === 'incoming') watch(call);
}

/** A call that came back by itself, after a reload. Those that ring and those that were dialled come otherwise. */
export function comeBack(call: Call): void {
  if (call.state === 'incoming' || call.state === 'ended') return;
  if (placing > 0 || follow.has(call.id) || isLive(current.get())) return;
  restore(call);
  show(call);
  go('/call');
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
  if (view.groupId !== undefined) void seekGroup(view.groupId);
  sayNow(view.isGroup ? groupWord(view) : 'call.incomingTitle', { name: view.peer.name });
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
  if (view.state === 'ended' && view.end) {
    // On another page a toast says it, which readers hear too.
    if (path.get() === '/call') sayNow(view.end.key);
  } else if (view.state !== 'incoming') say(stateWord(view.state));
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

/** One's own devices of that kind are another's now, or nobody's. */
export function releaseOwn(kind: 'audio' | 'video'): void {
  for (const track of ownStream?.getTracks() ?? []) if (track.kind === kind) track.stop();
}

/** What a person asked for did not happen. */
export function report(error: unknown): void {
  toast('danger', problemOf(error).title);
}
