import { lazy, Suspense, useEffect } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { guest, signInFor } from '../../../state/guest.ts';
import { MeetingPlace } from '../../../state/meet-place.ts';
import { approach, depart, visit } from '../../../state/visit.ts';
import { useStore } from '../../use-store.ts';
import style from '../rooms/door.module.css';
import { PlaceOver } from '../rooms/place-over.tsx';
import { MeetDoor } from './meet-door.tsx';

/** LiveKit's client and components are large: whoever only telephones never loads them. */
const MeetInside = lazy(async () => ({ default: (await import('./inside/meet-inside.tsx')).MeetInside }));

/** A meeting's link: its door, its waiting room, the meeting itself, or why there is none. */
export function MeetPage({ id }: { id: number }) {
  const { t } = useWords();
  const now = useStore(visit);
  const visitor = useStore(guest)?.pass;
  const come = () => approach(new MeetingPlace(id, t('meet.number', { id })));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language is no other meeting.
  useEffect(() => {
    come();
    return depart;
  }, [id]);
  // Loaded while somebody looks at themselves, so that joining is quick.
  useEffect(() => {
    void import('./inside/meet-inside.tsx');
  }, []);
  if (!(now?.place instanceof MeetingPlace) || (now.place.home ?? now.place).id !== id) return null;
  if (now.phase === 'over') {
    const { address } = now.place;
    const last = visitor && {
      words: t('guest.thanks', { name: visitor.name }),
      back: { title: t('guest.signIn'), run: () => signInFor(address) },
    };
    return <PlaceOver visit={now} onAgain={come} {...last} />;
  }
  if (now.phase === 'moving') return <p className={style.waiting}>{t('breakout.moving')}</p>;
  if (now.phase === 'inside') {
    return (
      <Suspense fallback={<p className={style.waiting}>{t('room.joining')}</p>}>
        <MeetInside visit={now} place={now.place} />
      </Suspense>
    );
  }
  return <MeetDoor visit={now} place={now.place} />;
}
