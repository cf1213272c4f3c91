import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import style from './pair.module.css';

interface PairProps {
  list: ReactNode;
  detail: ReactNode;
  /** On narrow screens the detail is shown in the list's place. */
  opened: boolean;
}

/** A list beside what is open of it; one of the two on narrow screens. */
export function Pair({ list, detail, opened }: PairProps) {
  return (
    <div className={classes(style.pair, opened && style.opened)}>
      <div className={style.list}>{list}</div>
      <div className={style.detail}>{detail}</div>
    </div>
  );
}
