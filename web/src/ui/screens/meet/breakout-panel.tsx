import { useWords } from '../../../i18n/use-words.ts';
import { PanelFrame } from '../rooms/inside/panel-frame.tsx';
import panels from '../rooms/inside/panels.module.css';
import { BreakoutRooms } from './breakout-rooms.tsx';
import { BreakoutSetup } from './breakout-setup.tsx';
import type { BreakoutsNow } from './use-breakouts.ts';

/** Rooms apart: opened by those who run the meeting, then who is where; where they are free, one's choice. */
export function BreakoutPanel({ now }: { now: BreakoutsNow }) {
  const { t } = useWords();
  const { round, steers, home } = now;
  return (
    <PanelFrame title={t('breakout.title')}>
      <div className={panels.people}>
        {round && (steers || round.free) ? (
          <BreakoutRooms now={now} round={round} />
        ) : steers ? (
          <BreakoutSetup home={home} />
        ) : (
          <p className={panels.nothing}>{t('breakout.none')}</p>
        )}
      </div>
    </PanelFrame>
  );
}
