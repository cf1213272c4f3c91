import { useWords } from '../../../i18n/use-words.ts';
import { askForHelp, backToMain, goToRoom, helpWanted } from '../../../state/breakouts.ts';
import { panel } from '../../../state/in-room.ts';
import { Button } from '../../button.tsx';
import { IconButton } from '../../icon-button.tsx';
import { Icon } from '../../icons.tsx';
import { useStore } from '../../use-store.ts';
import look from './inside/meet-inside.module.css';
import { TimeLeft } from './time-left.tsx';
import type { BreakoutsNow } from './use-breakouts.ts';

/** Over the stage while breakout rooms are open: where one is, how long, the way there and back. */
export function BreakoutNotice({ now }: { now: BreakoutsNow }) {
  const { round, steers } = now;
  if (!round) return null;
  return (
    <>
      {steers && <Helps now={now} />}
      <Standing now={now} />
    </>
  );
}

function Standing({ now: { home, round, steers, here } }: { now: BreakoutsNow }) {
  const { t } = useWords();
  const shown = useStore(panel) === 'breakouts';
  if (!round) return null;
  const { closing, closesAt, rooms, free } = round;
  const own = steers ? null : round.room;
  const room = rooms.find(({ id }) => id === here);
  const time = closesAt && (
    <TimeLeft until={closesAt} words={closing ? 'breakout.closing' : 'breakout.closesIn'} />
  );
  const where = room
    ? t('breakout.in', { room: room.name })
    : own
      ? t('breakout.yours', { room: own.name })
      : t('breakout.isOpen');
  return (
    <div className={look.knock} data-testid="breakout-notice">
      <Icon name="rooms" size={20} />
      <span className={look.knockWords}>
        {!closing && where}
        {!closing && time && ' · '}
        {time}
      </span>
      <span className={look.deeds}>
        {room && !steers && <Button onPress={() => void askForHelp(home)}>{t('breakout.help')}</Button>}
        {!room && own && (
          <Button kind="primary" onPress={() => void goToRoom(home, own)}>
            {t('breakout.go')}
          </Button>
        )}
        {(steers || free) && !shown && (
          <Button onPress={() => panel.set('breakouts')}>
            {t(steers ? 'breakout.show' : 'breakout.choose')}
          </Button>
        )}
        {room && <Button onPress={() => void backToMain(home)}>{t('breakout.back')}</Button>}
      </span>
    </div>
  );
}

/** Who asks for whoever runs the meeting. */
function Helps({ now: { home } }: { now: BreakoutsNow }) {
  const { t } = useWords();
  const wanted = useStore(helpWanted);
  return wanted.map(({ name, room }) => (
    <div key={room.id} className={look.knock} data-testid="breakout-help">
      <Icon name="hand" size={20} />
      <span className={look.knockWords}>{t('breakout.wantsHelp', { name, room: room.name })}</span>
      <span className={look.deeds}>
        <Button
          kind="primary"
          aria-label={t('breakout.visitName', { room: room.name })}
          onPress={() => void goToRoom(home, room)}
        >
          {t('breakout.visit')}
        </Button>
        <IconButton
          icon="close"
          label={t('common.close')}
          onPress={() => helpWanted.update((all) => all.filter((one) => one.room.id !== room.id))}
        />
      </span>
    </div>
  ));
}
