import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CallView } from '../../../state/call-view.ts';
import { type Corner, cornerAt, moveCorner } from '../../../state/grid.ts';
import { classes } from '../../classes.ts';
import { Icon } from '../../icons.tsx';
import { OwnPicture } from './own-tile.tsx';
import style from './self-view.module.css';

/** A click that moved less than this is no drag. */
const SLACK = 6;
const around: Record<Corner, Corner> = {
  'bottom-end': 'bottom-start',
  'bottom-start': 'top-start',
  'top-start': 'top-end',
  'top-end': 'bottom-end',
};

/** One's own picture in a corner: dragged, moved by Alt and arrows, or clicked on to the next one. */
export function SelfView({ view }: { view: CallView }) {
  const { t } = useWords();
  const [corner, setCorner] = useState<Corner>('bottom-end');
  const [shift, setShift] = useState<{ x: number; y: number }>();
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  const dragged = useRef(false);

  const down = (event: PointerEvent<HTMLButtonElement>) => {
    start.current = { x: event.clientX, y: event.clientY };
    dragged.current = false;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (!start.current) return;
    const x = event.clientX - start.current.x;
    const y = event.clientY - start.current.y;
    if (Math.hypot(x, y) > SLACK) dragged.current = true;
    if (dragged.current) setShift({ x, y });
  };
  const up = (event: PointerEvent<HTMLButtonElement>) => {
    const area = event.currentTarget.parentElement?.getBoundingClientRect();
    if (area && start.current && dragged.current) {
      setCorner(cornerAt((event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height));
    }
    start.current = undefined;
    setShift(undefined);
  };
  const key = (event: KeyboardEvent) => {
    if (!event.altKey || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    setCorner(moveCorner(corner, event.key));
  };

  return (
    <button
      type="button"
      aria-label={view.sharing ? `${t('call.sharingSelf')}. ${t('call.selfView')}` : t('call.selfView')}
      className={classes(style.self, style[corner], shift && style.dragging)}
      style={shift ? { translate: `${shift.x}px ${shift.y}px` } : undefined}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
      onClick={() => !dragged.current && setCorner(around[corner])}
    >
      <OwnPicture view={view} size={40} />
      {view.muted && (
        <span className={style.muted}>
          <Icon name="micOff" size={16} />
        </span>
      )}
    </button>
  );
}
