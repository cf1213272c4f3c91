import { type CallView, isLive } from './call-view.ts';
import { toggleFullscreen } from './fullscreen.ts';
import { toggleCamera, toggleMute, toggleShare } from './in-call.ts';
import {
  keysShown,
  reacting,
  toggleHand,
  togglePanel,
  toggleRoomDevice,
  toggleRoomShare,
} from './in-room.ts';
import { actionOf, isTyping, type KeyAction } from './keys.ts';
import { answer, current, decline, hangUp, ringing } from './phone.ts';
import { prefs } from './prefs.ts';
import { go } from './router.ts';
import { toggleLayout, turnPage } from './stage-view.ts';
import { inside, leave } from './visit.ts';

/** A held T talks after this long; a tap is nothing. */
const HOLD_MS = 300;
/** A card that has just come up takes no keys: the press was meant for something else. */
export const ARM_MS = 500;

const order = ['incoming', 'stage', 'bar', 'panel', 'main'] as const;
let shownAt = 0;
let talk: { timer: ReturnType<typeof setTimeout>; talking: boolean } | undefined;

/** Listens to the keyboard from now on. */
export function startShortcuts(): void {
  ringing.subscribe(() => {
    if (ringing.get().length > 0 && shownAt === 0) shownAt = performance.now();
    else if (ringing.get().length === 0) shownAt = 0;
  });
  window.addEventListener('keydown', pressed);
  window.addEventListener('keyup', (event) => {
    if (event.code === 'KeyT') endTalk();
  });
  window.addEventListener('blur', endTalk);
}

function pressed(event: KeyboardEvent): void {
  const action = actionOf(event, {
    incoming: ringing.get().length > 0,
    inCall: isLive(current.get()),
    inRoom: inside() !== undefined,
    singleKeys: prefs.get().singleKeys,
    typing: isTyping(document.activeElement),
    covered: document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null,
  });
  if (!action) return;
  event.preventDefault();
  if (!event.repeat) deeds[action]();
}

/** The card that rings, once it takes keys. */
function armed(then: (view: CallView) => void): void {
  const ring = ringing.get()[0];
  if (ring && performance.now() - shownAt >= ARM_MS) then(ring);
}

const deeds: Record<KeyAction, () => void> = {
  answerAudio: () => armed((view) => void answer(view, false)),
  answerVideo: () => armed((view) => void answer(view, true)),
  decline: () => armed(decline),
  leave: () => (inside() ? leave() : hangUp()),
  mic: switchMic,
  camera: () => void (inside() ? toggleRoomDevice('cam') : toggleCamera()),
  share: () => void (inside() ? toggleRoomShare() : toggleShare()),
  hand: () => void toggleHand(),
  react: () => reacting.update((now) => !now),
  chat: () => togglePanel('chat'),
  people: () => togglePanel('people'),
  info: () => togglePanel('info'),
  layout: toggleLayout,
  pageNext: () => turnPage(1),
  pageBefore: () => turnPage(-1),
  talk: startTalk,
  fullscreen: toggleFullscreen,
  regions: nextRegion,
  help: () => (inside() ? keysShown.set(true) : go('/settings/keys')),
  search: () => {
    go('/calls');
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[type="search"]')?.focus());
  },
};

function switchMic(): void {
  if (inside()) void toggleRoomDevice('mic');
  else toggleMute();
}

/** Whether one could be heard; undefined where there is nobody to hear it. */
function talks(): boolean | undefined {
  const media = inside()?.media;
  if (media) return media.own.get().mic;
  const view = current.get();
  return view && !view.muted;
}

function startTalk(): void {
  if (talk || talks() !== false) return;
  const held = { talking: false, timer: setTimeout(begin, HOLD_MS) };
  function begin(): void {
    held.talking = true;
    switchMic();
  }
  talk = held;
}

function endTalk(): void {
  if (!talk) return;
  clearTimeout(talk.timer);
  if (talk.talking && talks() === true) switchMic();
  talk = undefined;
}

/** F2 walks through the parts of the page that are there. */
function nextRegion(): void {
  const parts = order
    .map((name) => document.querySelector<HTMLElement>(`[data-region="${name}"]`))
    .filter((part) => part !== null);
  const here = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts[(here + 1) % parts.length];
  const inside = next?.querySelector<HTMLElement>('[data-region-focus], button:not([disabled]), a[href]');
  (inside ?? next)?.focus();
}
