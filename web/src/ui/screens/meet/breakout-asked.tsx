import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { declined, goToRoom } from '../../../state/breakouts.ts';
import type { MeetingPlace } from '../../../state/meet-place.ts';
import type { BreakoutName } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';

/** How long one may think about it. */
const SECONDS = 10;

/** One is asked to a room, and goes there unless one wants to stay. */
export function BreakoutAsked({ home, room }: { home: MeetingPlace; room: BreakoutName }) {
  const { t } = useWords();
  const [left, setLeft] = useState(SECONDS);
  const stay = () => declined.set(room.id);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => now - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) void goToRoom(home, room);
  }, [left, home, room]);
  return (
    <Dialog
      role="alertdialog"
      title={t('breakout.askedTitle', { room: room.name })}
      open
      onClose={stay}
      actions={
        <>
          <Button onPress={stay}>{t('breakout.stay')}</Button>
          <Button kind="primary" onPress={() => void goToRoom(home, room)}>
            {t('breakout.goTo', { room: room.name })}
          </Button>
        </>
      }
    >
      <p>{t('breakout.askedBody', { count: Math.max(0, left) })}</p>
    </Dialog>
  );
}
