import type { KeyboardEvent } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useWords } from '../../../../i18n/use-words.ts';
import { reacting } from '../../../../state/in-room.ts';
import { useGround } from '../../../ground.ts';
import { IconButton } from '../../../icon-button.tsx';
import menu from '../../../menu.module.css';
import { useStore } from '../../../use-store.ts';
import style from './room-bar.module.css';
import { REACTIONS, useReact } from './use-reactions.ts';

/** Eight reactions, by a press or by their number. */
export function ReactMenu() {
  const { t } = useWords();
  const ground = useGround();
  const open = useStore(reacting);
  const react = useReact();
  const send = (emoji: string) => {
    react(emoji);
    reacting.set(false);
  };
  const key = (event: KeyboardEvent) => {
    const emoji = REACTIONS[Number(event.key) - 1];
    if (!emoji) return;
    event.preventDefault();
    send(emoji);
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={reacting.set}>
      <IconButton kind="control" icon="smile" label={t('room.react')} />
      <Popover {...ground} className={menu.popover ?? ''} placement="top" offset={8}>
        <Dialog aria-label={t('room.react')} className={style.reactions ?? ''}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the digits press the buttons within. */}
          <div className={style.faces} onKeyDown={key}>
            {REACTIONS.map((emoji) => (
              <button
                key={emoji}
                type="button"
                className={style.face}
                aria-label={t('room.reaction', { emoji })}
                onClick={() => send(emoji)}
              >
                {emoji}
              </button>
            ))}
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
