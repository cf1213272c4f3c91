import { useEffect, useRef, useState } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { canFloat, toggleFloating } from '../../../state/floating.ts';
import type { Participant } from '../../../state/sdk.ts';
import { Avatar } from '../../avatar.tsx';
import { classes } from '../../classes.ts';
import { IconButton } from '../../icon-button.tsx';
import { Icon } from '../../icons.tsx';
import { Picture } from './picture.tsx';
import style from './tile.module.css';
import { useSpeaking } from './use-speaking.ts';

interface TileProps {
  participant: Participant;
  width: number;
  height: number;
}

const waiting: Partial<Record<Participant['state'], WordKey>> = {
  invited: 'call.legInvited',
  ringing: 'call.legRinging',
};

/** Somebody else in the call: the picture or the initials, the name, whether muted, speaking or lost. */
export function Tile({ participant, width, height }: TileProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<boolean>();
  const video = useRef<HTMLVideoElement>(null);
  const { person, stream, state, muted, videoOn, sharing, quality } = participant;
  const speaking = useSpeaking(stream, state === 'joined' && !muted);
  // Of a screen everything is read; a face may be cropped.
  const whole = chosen ?? sharing;
  const picture = videoOn && stream !== undefined && state === 'joined';
  const lost = quality === 'lost' && state === 'joined';
  const word = waiting[state];
  // What was chosen for a face says nothing about a screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind of picture is the reason to forget.
  useEffect(() => setChosen(undefined), [sharing]);
  return (
    <li
      className={classes(style.tile, speaking && style.speaking, lost && style.lost)}
      style={{ inlineSize: width, blockSize: height }}
    >
      {picture ? (
        <Picture
          ref={video}
          stream={stream}
          testId={`remote-video-${person.uid}`}
          className={classes(style.picture, whole && style.whole)}
        />
      ) : (
        <span className={classes(word && style.pulse)}>
          <Avatar name={person.name} url={person.avatarUrl} size={Math.min(width, height) < 220 ? 64 : 96} />
        </span>
      )}
      {(word || lost) && (
        <span className={style.word}>{word ? t(word) : t('net.peerLost', { name: person.name })}</span>
      )}
      {picture && (
        <span className={style.tools}>
          {canFloat && (
            <IconButton
              kind="small"
              icon="pip"
              label={t('call.pip')}
              onPress={() => video.current && toggleFloating(video.current)}
            />
          )}
          <IconButton
            kind="small"
            icon={whole ? 'expand' : 'fit'}
            label={t(whole ? 'call.fill' : 'call.fit')}
            onPress={() => setChosen(!whole)}
          />
        </span>
      )}
      <span className={style.plate}>
        {muted && state === 'joined' && <Icon name="micOff" size={16} />}
        <span className={style.name}>{person.name}</span>
        {muted && <span className="visually-hidden">{t('call.mutedName', { name: '' })}</span>}
      </span>
    </li>
  );
}
