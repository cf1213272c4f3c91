import { Meter as AriaMeter } from 'react-aria-components';
import style from './meter.module.css';

const BARS = 12;

/** A level from 0 to 1 as a row of bars. */
export function Meter({ label, value }: { label: string; value: number }) {
  const lit = Math.round(value * BARS);
  return (
    <AriaMeter aria-label={label} value={Math.round(value * 100)} className={style.meter ?? ''}>
      {Array.from({ length: BARS }, (_, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars never move.
        <span key={n} className={n < lit ? style.lit : style.bar} />
      ))}
    </AriaMeter>
  );
}
