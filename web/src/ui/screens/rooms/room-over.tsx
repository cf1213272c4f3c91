import { useEffect, useRef } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { approach, type Over, overWord, type Visit } from '../../../state/room-visit.ts';
import { go } from '../../../state/router.ts';
import { Banners } from '../../banners.tsx';
import { Button } from '../../button.tsx';
import { Icon, type IconName } from '../../icons.tsx';
import style from './door.module.css';

const cures: Partial<Record<Over, WordKey>> = {
  gone: 'room.goneCure',
  full: 'room.fullCure',
  removed: 'room.removedCure',
  elsewhere: 'room.elsewhereCure',
  lost: 'room.lostCure',
  engaged: 'room.engagedCure',
};
const icons: Partial<Record<Over, IconName>> = {
  left: 'check',
  ended: 'check',
  lost: 'offline',
  gone: 'search',
  full: 'people',
  removed: 'block',
};
/** Another try, where one may help. */
const again: Partial<Record<Over, WordKey>> = {
  left: 'room.rejoin',
  lost: 'room.rejoin',
  elsewhere: 'room.rejoin',
  full: 'common.retry',
  engaged: 'common.retry',
  failed: 'common.retry',
};

/** Why one is not in the room, what can be done, and the way back. */
export function RoomOver({ visit }: { visit: Extract<Visit, { phase: 'over' }> }) {
  const { t } = useWords();
  const first = useRef<HTMLButtonElement>(null);
  const { why, name, details } = visit;
  const cure = cures[why];
  const retry = again[why];
  useEffect(() => first.current?.focus(), []);
  return (
    <div className={style.screen}>
      <Banners />
      <main id="main" className={style.over} tabIndex={-1} data-region="main">
        <span className={style.mark}>
          <Icon name={icons[why] ?? 'warn'} size={32} />
        </span>
        <h1 className={style.title}>{t(overWord(why))}</h1>
        <p className={style.cure}>{cure ? t(cure) : name}</p>
        <div className={style.buttons}>
          {retry && (
            <Button ref={first} kind="primary" onPress={() => approach(name)}>
              {t(retry)}
            </Button>
          )}
          <Button
            {...(retry ? {} : { ref: first, kind: 'primary' as const })}
            onPress={() => go('/rooms', { replace: true })}
          >
            {t('room.back')}
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
