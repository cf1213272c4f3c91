import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { choose, closeRooms, goToRoom, place, tellRooms } from '../../../state/breakouts.ts';
import type { BreakoutList, BreakoutRoom, Breakouts, MeetingParticipant } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Field } from '../../field.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { Select } from '../../select.tsx';
import { useStore } from '../../use-store.ts';
import style from './breakout.module.css';
import { TimeLeft } from './time-left.tsx';
import { useBreakoutList } from './use-breakout-list.ts';
import type { BreakoutsNow } from './use-breakouts.ts';

const MAIN = 'main';

interface RoomsProps {
  now: BreakoutsNow;
  round: Breakouts;
}

/** The rooms with who is in them: to visit, to place people, to speak to all, to close. */
export function BreakoutRooms({ now, round }: RoomsProps) {
  const { home, steers } = now;
  const [value, load] = useBreakoutList(home);
  return (
    <LoadedView value={value} onRetry={load}>
      {(list) => (
        <>
          <ul className={style.list}>
            {list.rooms.map((room) => (
              <Room key={room.id} room={room} list={list} now={now} />
            ))}
          </ul>
          {steers && <Unplaced list={list} now={now} />}
          {steers && <Steering now={now} round={round} />}
        </>
      )}
    </LoadedView>
  );
}

interface InListProps {
  list: BreakoutList;
  now: BreakoutsNow;
}

function Room({ room, list, now }: InListProps & { room: BreakoutRoom }) {
  const { t } = useWords();
  const { home, steers, here, round } = now;
  const go = () => void (steers ? goToRoom(home, room) : choose(home, room));
  return (
    <li className={style.room} data-testid={`breakout-${room.id}`}>
      <div className={style.head}>
        <h3 className={style.name}>{room.name}</h3>
        {here === room.id ? (
          <span className={style.note}>{t('breakout.here')}</span>
        ) : (
          <Button
            aria-label={t(steers ? 'breakout.visitName' : 'breakout.goTo', { room: room.name })}
            isDisabled={round?.closing === true}
            onPress={go}
          >
            {t(steers ? 'breakout.visit' : 'breakout.go')}
          </Button>
        )}
      </div>
      {room.participants.length === 0 && <p className={style.note}>{t('breakout.empty')}</p>}
      <ul className={style.list}>
        {room.participants.map((person) => (
          <li key={person.userId} className={style.person}>
            {steers && person.role === 'participant' ? (
              <Mover person={person} room={room.id} list={list} now={now} />
            ) : (
              <span>{person.name}</span>
            )}
            <span className={style.note}>
              {t(person.status === 'online' ? 'breakout.there' : 'breakout.away')}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** Those in the meeting who have no room yet. */
function Unplaced({ list, now }: InListProps) {
  const { t } = useWords();
  const view = useStore(now.home.view);
  const placed = new Set(list.rooms.flatMap(({ participants }) => participants.map(({ userId }) => userId)));
  const people = [...(view?.people.values() ?? [])].filter(
    ({ userId, role }) => role === 'participant' && !placed.has(userId),
  );
  if (people.length === 0) return null;
  return (
    <section className={style.room}>
      <h3 className={style.name}>{t('breakout.inMain')}</h3>
      <ul className={style.list}>
        {people.map((person) => (
          <li key={person.userId} className={style.person}>
            <Mover person={person} room={null} list={list} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface MoverProps extends InListProps {
  person: MeetingParticipant;
  room: number | null;
}

function Mover({ person, room, list, now }: MoverProps) {
  const { t } = useWords();
  const rooms = list.rooms.map(({ id, name }) => ({ id: String(id), title: name }));
  return (
    <Select
      label={person.name}
      value={room === null ? MAIN : String(room)}
      choices={[{ id: MAIN, title: t('breakout.inMain') }, ...rooms]}
      onChange={(id) => void place(now.home, person.userId, id === MAIN ? null : Number(id))}
    />
  );
}

function Steering({ now: { home }, round }: RoomsProps) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const send = async () => {
    if (await tellRooms(home, text.trim())) setText('');
  };
  return (
    <>
      <form
        className={style.tell}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') void send();
        }}
      >
        <Field label={t('breakout.message')} value={text} maxLength={4000} onChange={setText} />
        <Button type="submit" wide isDisabled={text.trim() === ''}>
          {t('breakout.send')}
        </Button>
      </form>
      {round.closesAt && (
        <p className={style.note}>
          <TimeLeft until={round.closesAt} words={round.closing ? 'breakout.closing' : 'breakout.closesIn'} />
        </p>
      )}
      <Button kind="danger" wide onPress={() => void closeRooms(home, round.closing ? 0 : undefined)}>
        {t(round.closing ? 'breakout.closeNow' : 'breakout.close')}
      </Button>
    </>
  );
}
