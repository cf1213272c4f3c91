import { word } from '../i18n/index.ts';
import type { CallView } from './call-view.ts';
import { client } from './connection.ts';
import { current, ringing } from './phone.ts';
import { prefs } from './prefs.ts';
import { toneFor } from './tone-for.ts';
import { play, type ToneName } from './tones.ts';

/** How long the busy tone sounds. */
const BUSY_MS = 2800;

let sounding: { name: ToneName; stop: () => void } | undefined;
let lock: AbortController | undefined;
let note: Notification | undefined;
let busyFor: string | undefined;

/** Makes the phone sound as its state wants, from now on. */
export function startRinger(): void {
  ringing.subscribe(attend);
  current.subscribe(attend);
  prefs.subscribe(attend);
}

function attend(): void {
  const rings = ringing.get();
  const wanted = toneFor(rings, current.get());
  if (wanted === 'ringtone') ringAlone();
  else {
    lock?.abort();
    lock = undefined;
    sound(wanted);
  }
  notify(rings[0]);
}

/** All tabs show the call; the one that gets the lock rings, and the next one when that is closed. */
function ringAlone(): void {
  if (!prefs.get().ring) {
    lock?.abort();
    lock = undefined;
    sound(undefined);
    return;
  }
  if (lock) return;
  lock = new AbortController();
  const { signal } = lock;
  if (!('locks' in navigator) || !navigator.locks) {
    sound('ringtone');
    return;
  }
  const who = client.get()?.me?.uid ?? '';
  navigator.locks
    .request(`parley.ring.${who}`, { signal }, () => {
      if (signal.aborted) return undefined;
      sound('ringtone');
      return new Promise<void>((resolve) =>
        signal.addEventListener('abort', () => resolve(), { once: true }),
      );
    })
    // The only refusal is our own abort while waiting for the turn.
    .catch(() => undefined);
}

function sound(name: ToneName | undefined): void {
  if (name === sounding?.name) return;
  sounding?.stop();
  sounding = undefined;
  if (name === undefined) return;
  if (name === 'busy') {
    const id = current.get()?.id;
    if (busyFor === id) return;
    busyFor = id;
    setTimeout(() => {
      if (sounding?.name === 'busy') sound(undefined);
    }, BUSY_MS);
  }
  const { ringVolume } = prefs.get();
  sounding = { name, stop: play(name, name === 'ringtone' ? ringVolume : 0.3) };
}

function notify(call: CallView | undefined): void {
  if (!call) {
    note?.close();
    note = undefined;
    return;
  }
  if (note || !prefs.get().notify || !document.hidden || typeof Notification === 'undefined') return;
  if (Notification.permission !== 'granted') return;
  note = new Notification(word('call.incomingShort', { name: call.peer.name }), {
    body: word(call.kind === 'video' ? 'call.inVideo' : 'call.inAudio'),
    tag: call.id,
    icon: '/favicon.svg',
  });
  note.onclick = () => window.focus();
}
