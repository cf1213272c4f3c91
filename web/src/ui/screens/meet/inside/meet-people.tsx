import { useSpeakingParticipants } from '@livekit/components-react';
import { useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { admit, takeOut } from '../../../../state/in-meet.ts';
import { asKnown, learned } from '../../../../state/known-people.ts';
import type { MeetingPlace } from '../../../../state/meet-place.ts';
import type { BreakoutList, MeetingParticipant } from '../../../../state/sdk.ts';
import { Avatar } from '../../../avatar.tsx';
import { Button } from '../../../button.tsx';
import { classes } from '../../../classes.ts';
import { IconButton } from '../../../icon-button.tsx';
import { useStore } from '../../../use-store.ts';
import { InviteDialog } from '../../meetings/invite-dialog.tsx';
import { PanelFrame } from '../../rooms/inside/panel-frame.tsx';
import panels from '../../rooms/inside/panels.module.css';
import { useBreakoutList } from '../use-breakout-list.ts';
import style from './meet-inside.module.css';
import { PersonInMeeting } from './person-in-meeting.tsx';

interface MeetPeopleProps {
  place: MeetingPlace;
  onMuteAll: () => void;
}

/** Who waits, who is here, and what those who run the meeting may do about them. */
export function MeetPeoplePanel({ place, onMuteAll }: MeetPeopleProps) {
  const { t } = useWords();
  const view = useStore(place.view);
  const hands = useStore(place.hands);
  const { steer, invite } = useStore(place.rights);
  const [asking, setAsking] = useState(false);
  const speaking = new Set(useSpeakingParticipants().map(({ identity }) => identity));
  // Drawn again when a name or a picture has come to be known.
  useStore(learned);
  const [rooms] = useBreakoutList(place, view?.breakouts != null);
  const people = [...(view?.people.values() ?? [])];
  const waiting = [...(view?.waiting.values() ?? [])];
  return (
    <PanelFrame title={t('room.peopleCount', { count: people.length })}>
      <div className={panels.people}>
        {waiting.length > 0 && <Knocks place={place} waiting={waiting} />}
        {invite && (
          <Button icon="addPerson" wide onPress={() => setAsking(true)}>
            {t('invite.open')}
          </Button>
        )}
        {steer && people.length > 1 && (
          <Button icon="micOff" wide onPress={onMuteAll}>
            {t('meet.muteAll')}
          </Button>
        )}
        <ul>
          {people.map((person) => (
            <PersonInMeeting
              key={person.userId}
              place={place}
              person={person}
              own={person.userId === view?.userId}
              role={view?.role ?? 'participant'}
              hand={hands.has(person.uid)}
              room={roomOf(rooms.data, person.userId)}
              speaking={speaking.has(person.uid)}
            />
          ))}
        </ul>
      </div>
      {asking && (
        <InviteDialog
          meetingId={place.id}
          present={new Set(people.map(({ uid }) => uid))}
          onClose={() => setAsking(false)}
        />
      )}
    </PanelFrame>
  );
}

/** The breakout room somebody is in. */
const roomOf = (list: BreakoutList | undefined, userId: number): string | undefined =>
  list?.rooms.find(({ participants }) =>
    participants.some((one) => one.userId === userId && one.status === 'online'),
  )?.name;

/** Those outside, in the order they knocked. */
function Knocks({ place, waiting }: { place: MeetingPlace; waiting: readonly MeetingParticipant[] }) {
  const { t } = useWords();
  return (
    <section className={style.knocks} aria-label={t('meet.knocks', { count: waiting.length })}>
      <div className={style.head}>
        <h3 className={panels.part}>{t('meet.knocks', { count: waiting.length })}</h3>
        {waiting.length > 1 && (
          <Button kind="primary" onPress={() => void admit(place, waiting)}>
            {t('meet.admitAll')}
          </Button>
        )}
      </div>
      <ul>
        {waiting.map((person) => {
          const { userId, uid, name, avatarUrl } = person;
          const known = asKnown({ uid, name, avatarUrl });
          return (
            <li key={userId} className={classes(panels.person, style.row)} data-testid={`waiting-${uid}`}>
              <Avatar name={name} url={avatarUrl ?? known.avatarUrl} size={40} />
              <span className={panels.personName}>
                {name}
                {person.guest && (
                  <span className={panels.tags}>
                    <span>{t('guest.tag')}</span>
                  </span>
                )}
              </span>
              <span className={style.deeds}>
                <Button
                  aria-label={t('meet.admitName', { name })}
                  onPress={() => void admit(place, [person])}
                >
                  {t('meet.admit')}
                </Button>
                <IconButton
                  icon="close"
                  label={t('meet.deny', { name })}
                  onPress={() => void takeOut(place, userId)}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
