import { useWords } from '../../../../i18n/use-words.ts';
import { admit } from '../../../../state/in-meet.ts';
import { panel } from '../../../../state/in-room.ts';
import type { MeetingPlace } from '../../../../state/meet-place.ts';
import { Button } from '../../../button.tsx';
import { Icon } from '../../../icons.tsx';
import { useStore } from '../../../use-store.ts';
import style from './meet-inside.module.css';

/** Somebody waits: over the stage for as long as they do, unless the list of people is open. */
export function KnockNotice({ place }: { place: MeetingPlace }) {
  const { t } = useWords();
  const waiting = [...(useStore(place.view)?.waiting.values() ?? [])];
  const open = useStore(panel) === 'people';
  const [first] = waiting;
  return (
    <div role="status">
      {first && !open && (
        <div className={style.knock}>
          <Icon name="door" size={20} />
          <span className={style.knockWords}>
            {waiting.length === 1
              ? t('meet.knocked', { name: first.name })
              : t('meet.knocks', { count: waiting.length })}
          </span>
          <span className={style.deeds}>
            <Button onPress={() => panel.set('people')}>{t('meet.look')}</Button>
            <Button kind="primary" onPress={() => void admit(place, waiting)}>
              {t(waiting.length === 1 ? 'meet.admit' : 'meet.admitAll')}
            </Button>
          </span>
        </div>
      )}
    </div>
  );
}
