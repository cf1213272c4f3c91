import { type FormEvent, useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { connection } from '../../../state/connection.ts';
import { roomAddress, roomNameIn } from '../../../state/room-name.ts';
import { isOpen, loadRooms, rooms } from '../../../state/rooms.ts';
import { go } from '../../../state/router.ts';
import { Button } from '../../button.tsx';
import { Card } from '../../card.tsx';
import { Empty } from '../../empty.tsx';
import { Field } from '../../field.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import { Page } from '../page.tsx';
import { CreateRoom } from './create-room.tsx';
import { RoomListRow } from './room-list-row.tsx';
import style from './rooms.module.css';

const LOOK_MS = 10_000;

/** One's rooms: those that are open first, and a way into any other. */
export function Rooms() {
  const { t } = useWords();
  const list = useStore(rooms);
  const isConnected = useStore(connection) === 'open';
  const [creating, setCreating] = useState(false);
  const empty = list.data?.length === 0;
  useEffect(() => {
    if (!isConnected) return;
    void loadRooms();
    // Nobody is told of rooms on the socket: whoever looks at the list wants to see who comes.
    const timer = setInterval(() => document.visibilityState === 'visible' && void loadRooms(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isConnected]);
  return (
    <Page
      title={t('rooms.title')}
      actions={
        // The empty page has this button in its middle.
        !empty && (
          <Button icon="plus" kind="primary" onPress={() => setCreating(true)}>
            {t('rooms.create')}
          </Button>
        )
      }
    >
      <LoadedView value={list} onRetry={() => void loadRooms()}>
        {(all) => {
          if (all.length === 0) {
            return (
              <Empty icon="rooms" title={t('rooms.empty')}>
                <Button kind="primary" icon="plus" onPress={() => setCreating(true)}>
                  {t('rooms.create')}
                </Button>
              </Empty>
            );
          }
          const open = all.filter(({ info }) => isOpen(info));
          const past = all.filter(({ info }) => !isOpen(info));
          return (
            <>
              {open.length > 0 && (
                <Card title={t('rooms.now')}>
                  <ul>
                    {open.map((row) => (
                      <RoomListRow key={row.info.name} row={row} />
                    ))}
                  </ul>
                </Card>
              )}
              {past.length > 0 && (
                <Card title={t('rooms.earlier')}>
                  <ul>
                    {past.map((row) => (
                      <RoomListRow key={row.info.name} row={row} />
                    ))}
                  </ul>
                </Card>
              )}
            </>
          );
        }}
      </LoadedView>
      <OpenByName />
      <CreateRoom open={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

/** Into a room whose name or link one was given. */
function OpenByName() {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const name = roomNameIn(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name !== undefined) go(roomAddress(name));
  };
  return (
    <form className={style.byName} onSubmit={submit}>
      <Field label={t('rooms.joinByName')} value={typed} onChange={setTyped} autoComplete="off" />
      <Button type="submit" isDisabled={name === undefined}>
        {t('rooms.go')}
      </Button>
    </form>
  );
}
