import { lazy, Suspense, useEffect } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { RoomPlace } from '../../../state/room-place.ts';
import { approach, depart, visit } from '../../../state/visit.ts';
import { useStore } from '../../use-store.ts';
import style from './door.module.css';
import { Door } from './door.tsx';
import { PlaceOver } from './place-over.tsx';

/** LiveKit's client and components are large: whoever only telephones never loads them. */
const RoomInside = lazy(async () => ({ default: (await import('./inside/room-inside.tsx')).RoomInside }));

/** A room's address: its door, the room itself, or why there is none. */
export function RoomPage({ name }: { name: string }) {
  const { t } = useWords();
  const now = useStore(visit);
  useEffect(() => {
    approach(new RoomPlace(name));
    return depart;
  }, [name]);
  // Loaded while somebody looks at themselves, so that joining is quick.
  useEffect(() => {
    void import('./inside/room-inside.tsx');
  }, []);
  if (!(now?.place instanceof RoomPlace) || now.place.name !== name) return null;
  if (now.phase === 'over') return <PlaceOver visit={now} onAgain={() => approach(new RoomPlace(name))} />;
  if (now.phase === 'inside') {
    return (
      <Suspense fallback={<p className={style.waiting}>{t('room.joining')}</p>}>
        <RoomInside visit={now} place={now.place} />
      </Suspense>
    );
  }
  // From a room there is no way into another one but its door.
  if (now.phase === 'moving') return null;
  return <Door visit={now} />;
}
