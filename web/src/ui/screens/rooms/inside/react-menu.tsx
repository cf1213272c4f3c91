import { useEffect, useRef } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { reacting } from '../../../../state/in-room.ts';
import { isTyping } from '../../../../state/keys.ts';
import { IconButton } from '../../../icon-button.tsx';
import { useStore } from '../../../use-store.ts';
import style from './place-bar.module.css';
import { REACTIONS, useReact } from './use-reactions.ts';

/** Opens and closes the reactions. */
export function ReactButton() {
  const { t } = useWords();
  const open = useStore(reacting);
  return (
    <IconButton
      kind={open ? 'off' : 'control'}
      icon="smile"
      label={t('room.react')}
      aria-expanded={open}
      onPress={() => reacting.set(!open)}
    />
  );
}

/** Eight reactions over the bar, by a press or by their number. */
export function Reactions() {
  return useStore(reacting) ? <Faces /> : null;
}

function Faces() {
  const { t } = useWords();
  const first = useRef<HTMLButtonElement>(null);
  const react = useReact();
  const send = (emoji: string) => {
    react(emoji);
    reacting.set(false);
  };
  const press = useRef(send);
  press.current = send;
  useEffect(() => {
    const before = document.activeElement;
    first.current?.focus({ preventScroll: true });
    const key = (event: KeyboardEvent) => {
      if (isTyping(document.activeElement)) return;
      const emoji = REACTIONS[Number(event.key) - 1];
      if (event.key === 'Escape') {
        event.stopPropagation();
        reacting.set(false);
      } else if (emoji && !event.ctrlKey && !event.metaKey && !event.altKey) press.current(emoji);
    };
    window.addEventListener('keydown', key, { capture: true });
    return () => {
      window.removeEventListener('keydown', key, { capture: true });
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <fieldset className={style.faces} aria-label={t('room.react')}>
      {REACTIONS.map((emoji, i) => (
        <button
          key={emoji}
          ref={i === 0 ? first : undefined}
          type="button"
          className={style.face}
          aria-label={t('room.reaction', { emoji })}
          onClick={() => send(emoji)}
        >
          {emoji}
        </button>
      ))}
    </fieldset>
  );
}
