import { describe, expect, it } from 'vitest';
import { actionOf, type KeyContext, type Press, shortcuts } from './keys.ts';

const press = (code: string, change: Partial<Press> = {}): Press => ({
  code,
  key: '',
  altKey: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 0,
  ...change,
});
const at = (change: Partial<KeyContext> = {}): KeyContext => ({
  incoming: false,
  inCall: true,
  singleKeys: true,
  typing: false,
  covered: false,
  ...change,
});

describe('actionOf', () => {
  it('answers with Alt+Shift only while something rings, even from a text field', () => {
    const a = press('KeyA', { altKey: true, shiftKey: true });
    expect(actionOf(a, at())).toBeUndefined();
    expect(actionOf(a, at({ incoming: true, typing: true }))).toBe('answerAudio');
    expect(actionOf(press('KeyD', { altKey: true, shiftKey: true }), at({ incoming: true }))).toBe('decline');
  });

  it('leaves single keys to text fields, dialogs and whoever switched them off', () => {
    expect(actionOf(press('KeyM'), at())).toBe('mic');
    expect(actionOf(press('KeyM'), at({ typing: true }))).toBeUndefined();
    expect(actionOf(press('KeyM'), at({ covered: true }))).toBeUndefined();
    expect(actionOf(press('KeyM'), at({ singleKeys: false }))).toBeUndefined();
    expect(actionOf(press('KeyD', { ctrlKey: true }), at({ singleKeys: false }))).toBe('mic');
  });

  it('is silent while an input method composes', () => {
    expect(actionOf(press('KeyM', { isComposing: true }), at())).toBeUndefined();
    expect(actionOf(press('KeyM', { keyCode: 229 }), at())).toBeUndefined();
  });

  it('goes by the place of the key when the letter is another one', () => {
    expect(actionOf(press('KeyM', { key: 'ь' }), at())).toBe('mic');
  });

  it('takes no call keys without a call', () => {
    expect(actionOf(press('KeyM'), at({ inCall: false }))).toBeUndefined();
    expect(actionOf(press('KeyE', { altKey: true, shiftKey: true }), at({ inCall: false }))).toBeUndefined();
    expect(actionOf(press('KeyK', { metaKey: true }), at({ inCall: false }))).toBe('search');
  });

  it('lists every action once', () => {
    expect(new Set(shortcuts.map((s) => s.action)).size).toBe(shortcuts.length);
  });

  it('in a room letters do what belongs to rooms, and nothing leads away from it', () => {
    const inRoom = at({ inCall: false, inRoom: true });
    const letters = ['KeyM', 'KeyH', 'KeyC', 'KeyP', 'KeyI', 'KeyL', 'KeyR'];
    expect(letters.map((code) => actionOf(press(code), inRoom))).toEqual([
      'mic',
      'hand',
      'chat',
      'people',
      'info',
      'layout',
      'react',
    ]);
    expect(actionOf(press('KeyH'), at())).toBeUndefined();
    expect(actionOf(press('KeyK', { ctrlKey: true }), inRoom)).toBeUndefined();
    expect(actionOf(press('KeyE', { altKey: true, shiftKey: true }), inRoom)).toBe('leave');
  });

  it('pages of tiles turn also where single keys are off, but not in a text field', () => {
    const inRoom = at({ inCall: false, inRoom: true, singleKeys: false });
    expect(actionOf(press('PageDown'), inRoom)).toBe('pageNext');
    expect(actionOf(press('PageUp'), inRoom)).toBe('pageBefore');
    expect(actionOf(press('PageDown'), { ...inRoom, typing: true })).toBeUndefined();
    expect(actionOf(press('KeyH'), inRoom)).toBeUndefined();
  });
});
