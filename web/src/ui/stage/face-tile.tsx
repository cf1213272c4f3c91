import { type ReactNode, useRef } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { canFloat, toggleFloating } from '../../state/floating.ts';
import { pinned, togglePin } from '../../state/stage-view.ts';
import { Avatar } from '../avatar.tsx';
import { classes } from '../classes.ts';
import { IconButton } from '../icon-button.tsx';
import { Icon } from '../icons.tsx';
import { useStore } from '../use-store.ts';
import style from './face-tile.module.css';
import type { TilePlace } from './stage.tsx';
import type { StageItem } from './stage-item.ts';

export interface FaceTileProps {
  item: StageItem;
  place: TilePlace;
  /** The picture, when there is one. */
  picture: ReactNode | undefined;
  muted: boolean;
  speaking?: boolean;
  /** The last picture stands still: nothing comes any more. */
  lost?: boolean;
  poor?: boolean;
  hand?: boolean;
  reaction?: string | undefined;
  /** What is still to come of this person: being called, ringing. */
  word?: string | undefined;
}

/** Somebody on the stage: the picture or the initials, the name in the speech corner, and how they are. */
export function FaceTile(props: FaceTileProps) {
  const { item, place, picture, muted, speaking, lost, poor, hand, reaction, word } = props;
  const { t } = useWords();
  const root = useRef<HTMLDivElement>(null);
  const isPinned = useStore(pinned) === item.key;
  const small = Math.min(place.width, place.height) < 120;
  const name = item.self ? t('common.you') : item.name;
  const words = item.screen ? (item.self ? t('call.sharingSelf') : t('room.screenOf', { name })) : name;
  const float = () => {
    const video = root.current?.querySelector('video');
    if (video) toggleFloating(video);
  };
  return (
    <div
      ref={root}
      className={classes(
        style.tile,
        speaking && style.speaking,
        lost && style.lost,
        small && style.small,
        item.screen && style.screen,
      )}
      data-speaking={speaking === true}
    >
      {!item.screen && (
        // Under the picture, too: it is seen until the first frame is there.
        <span className={classes(word && style.pulse)}>
          <Avatar
            name={item.name}
            url={item.avatarUrl}
            size={small ? 40 : Math.min(place.width, place.height) < 220 ? 64 : 96}
          />
        </span>
      )}
      {picture}
      {word && !small && <span className={style.word}>{word}</span>}
      {lost && !item.self && !small && (
        <span className={style.word}>{t('net.peerLost', { name: item.name })}</span>
      )}
      {reaction && (
        <span className={style.reaction} aria-hidden="true">
          {reaction}
        </span>
      )}
      {hand && (
        <span className={style.hand} title={t('room.handUp')}>
          <Icon name="hand" size={small ? 16 : 20} />
          <span className="visually-hidden">{t('room.handUp')}</span>
        </span>
      )}
      <span className={style.tools}>
        {picture && !item.self && !small && canFloat && (
          <IconButton
            kind="small"
            icon="pip"
            label={t('call.pip')}
            excludeFromTabOrder={!place.first}
            onPress={float}
          />
        )}
        <span data-pin="">
          <IconButton
            kind="small"
            icon={isPinned ? 'pinOff' : 'pin'}
            label={t(isPinned ? 'room.unpin' : 'room.pin', { name: words })}
            excludeFromTabOrder={!place.first}
            onPress={() => togglePin(item.key)}
          />
        </span>
      </span>
      <span className={style.plate}>
        {muted && !item.screen && <Icon name="micOff" size={16} />}
        {poor && !item.screen && (
          <span className={style.poor} title={t('room.poorOf', { name })}>
            <span className="visually-hidden">{t('room.poorOf', { name })}</span>
          </span>
        )}
        {item.screen && <Icon name="share" size={16} />}
        <span className={style.name}>{words}</span>
        {muted && !item.screen && (
          <span className="visually-hidden">{t('call.mutedName', { name: '' })}</span>
        )}
      </span>
    </div>
  );
}
