import { useParticipants } from '@livekit/components-react';
import { useEffect, useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { need } from '../../../../state/connection.ts';
import { contacts } from '../../../../state/contacts.ts';
import { inviteToRoom } from '../../../../state/in-room.ts';
import { asKnown, learned } from '../../../../state/known-people.ts';
import type { RoomPlace } from '../../../../state/room-place.ts';
import type { Person } from '../../../../state/sdk.ts';
import { toastProblem } from '../../../../state/toasts.ts';
import { Avatar } from '../../../avatar.tsx';
import { Button } from '../../../button.tsx';
import { useStore } from '../../../use-store.ts';
import { PickDialog } from '../../groups/pick-dialog.tsx';
import { PanelFrame } from './panel-frame.tsx';
import style from './panels.module.css';
import { PersonInRoom } from './person-in-room.tsx';

/** Who is here, who was asked in, and the way to ask more. */
export function RoomPeoplePanel({ place }: { place: RoomPlace }) {
  const { t } = useWords();
  const people = useParticipants();
  const known = useStore(contacts).data ?? [];
  const { steer, invite } = useStore(place.rights);
  const hands = useStore(place.hands);
  useStore(learned);
  const [asking, setAsking] = useState(false);
  const { pending, look } = usePending(place.name, people.length);
  const here = new Set(people.map((p) => p.identity));
  const absent = known
    .filter((c) => c.state === 'accepted' && !here.has(c.person.uid))
    .filter((c) => !pending.some((p) => p.uid === c.person.uid))
    .map((c) => c.person);
  return (
    <PanelFrame title={t('room.peopleCount', { count: people.length })}>
      <div className={style.people}>
        {invite && (
          <Button icon="addPerson" wide onPress={() => setAsking(true)}>
            {t('room.invite')}
          </Button>
        )}
        <ul>
          {people.map((participant) => (
            <PersonInRoom
              key={participant.identity}
              place={place}
              participant={participant}
              host={participant.identity === place.creator}
              hand={hands.has(participant.identity)}
              steers={steer}
            />
          ))}
        </ul>
        {pending.length > 0 && (
          <>
            <h3 className={style.part}>{t('room.pending')}</h3>
            <ul>
              {pending.map((person) => (
                <li key={person.uid} className={style.person}>
                  <Avatar name={person.name} url={person.avatarUrl} size={40} />
                  <span className={style.personName}>{person.name}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <PickDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('room.inviteTitle')}
        action={t('rooms.ask')}
        people={absent}
        none={t('room.inviteNone')}
        onPick={(picked) => void inviteToRoom(place, picked).then(look)}
      />
    </PanelFrame>
  );
}

/** Who was asked in and has not come; looked at again whenever somebody comes or goes. */
function usePending(name: string, count: number): { pending: readonly Person[]; look: () => void } {
  const [pending, setPending] = useState<readonly Person[]>([]);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody who came, or was asked, is the reason to look.
  useEffect(() => {
    let gone = false;
    need()
      .rooms.members(name)
      .then((all) => {
        if (gone) return;
        setPending(all.filter((m) => m.status === 'invited').map((m) => asKnown(m.person)));
      }, toastProblem);
    return () => {
      gone = true;
    };
  }, [name, count, turn]);
  return { pending, look: () => setTurn((now) => now + 1) };
}
