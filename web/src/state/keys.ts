import type { WordKey } from '../i18n/index.ts';

export type KeyAction =
  | 'answerAudio'
  | 'answerVideo'
  | 'decline'
  | 'leave'
  | 'mic'
  | 'camera'
  | 'talk'
  | 'share'
  | 'fullscreen'
  | 'hand'
  | 'react'
  | 'chat'
  | 'people'
  | 'info'
  | 'layout'
  | 'pageNext'
  | 'pageBefore'
  | 'regions'
  | 'help'
  | 'search';

export interface Shortcut {
  action: KeyAction;
  where: 'global' | 'incoming' | 'inCall' | 'inRoom';
  /** As shown in the list; alternatives one after the other. */
  shown: readonly string[];
  word: WordKey;
}

/** Every shortcut, for the list in the settings and for `actionOf`. */
export const shortcuts: readonly Shortcut[] = [
  { action: 'search', where: 'global', shown: ['Ctrl K', '⌘ K'], word: 'keys.search' },
  { action: 'help', where: 'global', shown: ['?'], word: 'keys.help' },
  { action: 'regions', where: 'global', shown: ['F2'], word: 'keys.regions' },
  { action: 'answerAudio', where: 'incoming', shown: ['Alt Shift A'], word: 'keys.answerAudio' },
  { action: 'answerVideo', where: 'incoming', shown: ['Alt Shift V'], word: 'keys.answerVideo' },
  { action: 'decline', where: 'incoming', shown: ['Alt Shift D'], word: 'keys.decline' },
  { action: 'leave', where: 'inCall', shown: ['Alt Shift E'], word: 'keys.leave' },
  { action: 'mic', where: 'inCall', shown: ['M', 'Ctrl D', '⌘ D'], word: 'keys.mic' },
  { action: 'camera', where: 'inCall', shown: ['V', 'Ctrl E', '⌘ E'], word: 'keys.camera' },
  { action: 'talk', where: 'inCall', shown: ['T'], word: 'keys.talk' },
  { action: 'share', where: 'inCall', shown: ['S'], word: 'keys.share' },
  { action: 'fullscreen', where: 'inCall', shown: ['F'], word: 'keys.fullscreen' },
  { action: 'layout', where: 'inRoom', shown: ['L'], word: 'keys.layout' },
  { action: 'pageNext', where: 'inRoom', shown: ['PageUp', 'PageDown'], word: 'keys.pages' },
  { action: 'hand', where: 'inRoom', shown: ['H'], word: 'keys.hand' },
  { action: 'react', where: 'inRoom', shown: ['R'], word: 'keys.react' },
  { action: 'chat', where: 'inRoom', shown: ['C'], word: 'keys.chat' },
  { action: 'people', where: 'inRoom', shown: ['P'], word: 'keys.people' },
  { action: 'info', where: 'inRoom', shown: ['I'], word: 'keys.info' },
];

/** What of a keyboard event matters here. */
export interface Press {
  code: string;
  key: string;
  altKey: boolean;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

export interface KeyContext {
  incoming: boolean;
  inCall: boolean;
  /** In a room, which fills the page: what leads elsewhere does nothing. */
  inRoom?: boolean;
  /** Single letters are switched on. */
  singleKeys: boolean;
  /** The focus is where letters are text. */
  typing: boolean;
  /** A dialog or menu is open. */
  covered: boolean;
}

const withAltShift: Record<string, KeyAction> = {
  KeyA: 'answerAudio',
  KeyV: 'answerVideo',
  KeyD: 'decline',
  KeyE: 'leave',
};
const withCtrl: Record<string, KeyAction> = { KeyD: 'mic', KeyE: 'camera', KeyK: 'search' };
const single: Record<string, KeyAction> = {
  KeyM: 'mic',
  KeyV: 'camera',
  KeyT: 'talk',
  KeyS: 'share',
  KeyF: 'fullscreen',
  KeyL: 'layout',
};
const inRoomOnly: Record<string, KeyAction> = {
  KeyH: 'hand',
  KeyR: 'react',
  KeyC: 'chat',
  KeyP: 'people',
  KeyI: 'info',
};
const pages: Record<string, KeyAction> = { PageDown: 'pageNext', PageUp: 'pageBefore' };

/** What a key press means, if anything. Letters are found by place, for input methods hide them. */
export function actionOf(press: Press, context: KeyContext): KeyAction | undefined {
  if (press.isComposing || press.keyCode === 229) return undefined;
  const { altKey, shiftKey, ctrlKey, metaKey } = press;
  const live = context.inCall || context.inRoom === true;
  const ctrl = ctrlKey !== metaKey && !altKey && !shiftKey;
  if (press.code === 'F2' && !altKey && !ctrlKey && !metaKey && !shiftKey) return 'regions';
  if (altKey && shiftKey && !ctrlKey && !metaKey) {
    const action = withAltShift[press.code];
    const holds = action === 'leave' ? live : context.incoming;
    return holds ? action : undefined;
  }
  if (context.typing || context.covered) return undefined;
  if (ctrl) {
    const action = withCtrl[press.code];
    if (action === 'search') return context.inRoom ? undefined : action;
    return live ? action : undefined;
  }
  if (altKey || ctrlKey || metaKey) return undefined;
  if (live && !shiftKey && pages[press.code]) return pages[press.code];
  if (!context.singleKeys) return undefined;
  if (press.key === '?') return 'help';
  if (!live || shiftKey) return undefined;
  return single[press.code] ?? (context.inRoom ? inRoomOnly[press.code] : undefined);
}

/** Whether the element under the focus takes letters as text. */
export function isTyping(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return true;
  if (element.getAttribute('role') === 'listbox' || element.closest('[role="menu"]')) return true;
  if (!(element instanceof HTMLInputElement)) return false;
  return !['button', 'checkbox', 'radio', 'range', 'submit', 'color', 'file'].includes(element.type);
}
