import { useEffect, useRef } from 'react';
import { clock } from '../../../i18n/format.ts';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { Over } from '../../../state/place.ts';
import { go } from '../../../state/router.ts';
import type { Visit } from '../../../state/visit.ts';
import { Banners } from '../../banners.tsx';
import { Button } from '../../button.tsx';
import { Icon, type IconName } from '../../icons.tsx';
import { useStore } from '../../use-store.ts';
import style from './door.module.css';

const icons: Partial<Record<Over, IconName>> = {
  left: 'check',
  ended: 'check',
  lost: 'offline',
  gone: 'search',
  full: 'people',
  locked: 'key',
  removed: 'block',
  denied: 'block',
};
/** Another try, where one may help. */
const again: Partial<Record<Over, WordKey>> = {
  left: 'room.rejoin',
  lost: 'room.rejoin',
  elsewhere: 'room.rejoin',
  full: 'common.retry',
  locked: 'common.retry',
  engaged: 'common.retry',
  refused: 'common.retry',
  failed: 'common.retry',
};

interface PlaceOverProps {
  visit: Extract<Visit, { phase: 'over' }>;
  onAgain: () => void;
  /** Said where there is nothing else to say; the place's name, unless it is given. */
  words?: string;
  /** The way out of here; to the list of such places, unless it is given. */
  back?: { title: string; run: () => void };
}

/** Why one is not in the place, how long one was, what can be done, and the way back. */
export function PlaceOver({ visit, onAgain, words, back }: PlaceOverProps) {
  const { place, why, details, stayed } = visit;
  const { t } = useWords();
  const first = useRef<HTMLButtonElement>(null);
  const title = useStore(place.title);
  const cure = place.cureWord(why);
  const retry = again[why];
  useEffect(() => first.current?.focus(), []);
  return (
    <div className={style.screen}>
      <Banners />
      <main id="main" className={style.over} tabIndex={-1} data-region="main">
        <span className={style.mark}>
          <Icon name={icons[why] ?? 'warn'} size={32} />
        </span>
        <h1 className={style.title}>{t(place.overWord(why))}</h1>
        <p className={style.cure}>{cure ? t(cure) : (words ?? title)}</p>
        {stayed !== undefined && (
          <p className={style.cure}>{t('meet.stayed', { time: clock(stayed / 1000) })}</p>
        )}
        <div className={style.buttons}>
          {retry && (
            <Button ref={first} kind="primary" onPress={onAgain}>
              {t(retry)}
            </Button>
          )}
          <Button
            {...(retry ? {} : { ref: first, kind: 'primary' as const })}
            onPress={back?.run ?? (() => go(place.list, { replace: true }))}
          >
            {back?.title ?? t(place.kind === 'room' ? 'room.back' : 'meet.back')}
          </Button>
        </div>
        {details && (
          <details className={style.details}>
            <summary>{t('common.details')}</summary>
            <code>{details}</code>
          </details>
        )}
      </main>
    </div>
  );
}
