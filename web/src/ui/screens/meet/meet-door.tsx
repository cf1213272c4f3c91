import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { sayNow } from '../../../state/announcer.ts';
import { forgetGuest, guest } from '../../../state/guest.ts';
import type { MeetingPlace } from '../../../state/meet-place.ts';
import { go } from '../../../state/router.ts';
import type { Meeting } from '../../../state/sdk.ts';
import { session } from '../../../state/session.ts';
import { Button } from '../../button.tsx';
import { Field } from '../../field.tsx';
import { Icon } from '../../icons.tsx';
import { useStore } from '../../use-store.ts';
import { type AtDoor, Door } from '../rooms/door.tsx';
import style from './meet-door.module.css';
import { Fact, MeetingFacts } from './meeting-facts.tsx';

/** Before a meeting: when it is, its password, and the wait to be let in. */
export function MeetDoor({ visit, place }: { visit: AtDoor; place: MeetingPlace }) {
  const meeting = useStore(place.meeting);
  const asks = useStore(place.asks);
  const { t } = useWords();
  const visitor = useStore(guest) !== undefined;
  const [empty, setEmpty] = useState(false);
  const allows = () => {
    const missing = asks !== 'no' && place.password === '';
    setEmpty(missing);
    return !missing;
  };
  return (
    <Door
      visit={visit}
      allows={allows}
      waiting={<Waiting meeting={meeting} />}
      {...(visitor && { back: { title: t('guest.otherName'), run: forgetGuest } })}
    >
      {meeting && <Facts meeting={meeting} />}
      {asks !== 'no' && <Password place={place} empty={empty} disabled={visit.phase !== 'door'} />}
    </Door>
  );
}

function Facts({ meeting }: { meeting: Meeting }) {
  const { t } = useWords();
  const { settings, creatorId } = meeting;
  const now = useStore(session);
  const own = now.status === 'in' && now.profile?.id === creatorId;
  return (
    <MeetingFacts meeting={meeting}>
      {settings.muteOnJoin && !own && <Fact icon="micOff">{t('meet.mutesOnJoin')}</Fact>}
    </MeetingFacts>
  );
}

interface PasswordProps {
  place: MeetingPlace;
  /** Nothing was written, and the way in was pressed. */
  empty: boolean;
  disabled: boolean;
}

function Password({ place, empty, disabled }: PasswordProps) {
  const { t } = useWords();
  const wrong = useStore(place.asks) === 'wrong';
  const [value, setValue] = useState(place.password);
  const error = wrong ? 'meet.badPassword' : empty && value === '' ? 'meet.needPassword' : undefined;
  useEffect(() => {
    if (wrong) sayNow('meet.badPassword');
  }, [wrong]);
  return (
    <Field
      label={t('meeting.password')}
      type="password"
      autoComplete="off"
      isDisabled={disabled}
      value={value}
      onChange={(next) => {
        setValue(next);
        place.password = next;
        // What is being written anew is not wrong yet.
        place.asks.set('yes');
      }}
      {...(error && { error: t(error) })}
    />
  );
}

/** Outside until somebody lets one in; there is no end to it but theirs or one's own. */
function Waiting({ meeting }: { meeting: Meeting | undefined }) {
  const { t } = useWords();
  return (
    <div className={style.waiting}>
      <p role="status" className={style.wait}>
        <Icon name="door" size={24} />
        {t(meeting?.status === 'ongoing' ? 'meet.waitAdmit' : 'meet.waitHost')}
      </p>
      {meeting && <Facts meeting={meeting} />}
      <p className={style.hint}>{t('meet.waitHint')}</p>
      <Button wide onPress={() => (guest.get() ? forgetGuest() : go('/meetings'))}>
        {t('meet.stopWaiting')}
      </Button>
    </div>
  );
}
