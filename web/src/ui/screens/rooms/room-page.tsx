import { lazy, Suspense, useEffect } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { approach, depart, visit } from '../../../state/room-visit.ts';
import { useStore } from '../../use-store.ts';
import style from './door.module.css';
import { Door } from './door.tsx';
import { RoomOver } from './room-over.tsx';

/** LiveKit's client and components are large: whoever only telephones never loads them. */
const RoomInside = lazy(async () => ({ default: (await import('./inside/room-inside.tsx')).RoomInside }));

/** A room's address: its door, the room itself, or why there is none. */
export function RoomPage({ name }: { name: string }) {
  const { t } = useWords();
  const now = useStore(visit);
  useEffect(() => {
    approach(name);
    return depart;
  }, [name]);
  // Loaded while somebody looks at themselves, so that joining is quick.
  useEffect(() => {
    void import('./inside/room-inside.tsx');
  }, []);
  if (now?.name !== name) return null;
  if (now.phase === 'over') return <RoomOver visit={now} />;
  if (now.phase === 'inside') {
    return (
      <Suspense fallback={<p className={style.waiting}>{t('room.joining')}</p>}>
        <RoomInside visit={now} />
      </Suspense>
    );
  }
  return <Door visit={now} />;
}
