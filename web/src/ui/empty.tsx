import type { ReactNode } from 'react';
import style from './empty.module.css';
import { Icon, type IconName } from './icons.tsx';

/** Nothing here: one line and at most one thing to do. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className={style.empty}>
      <span className={style.mark}>
        <Icon name={icon} size={28} />
      </span>
      <p className={style.title}>{title}</p>
      {children}
    </div>
  );
}
