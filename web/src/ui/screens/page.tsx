import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { go } from '../../state/router.ts';
import { classes } from '../classes.ts';
import { IconButton } from '../icon-button.tsx';
import style from './page.module.css';

interface PageProps {
  title: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** An arrow that leads there, on narrow screens only when `narrow`. */
  back?: { to: string; narrow?: boolean };
  wide?: boolean;
  children: ReactNode;
}

/** A page: its title takes the focus when the page is opened. */
export function Page({ title, actions, back, wide, children }: PageProps) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // After a click on the navigation the focus is there; a reader goes on at the title.
    if (document.activeElement?.closest('nav')) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes(style.page, wide && style.wide)}>
      <header className={style.header}>
        {back && (
          <span className={classes(back.narrow && style.narrowOnly)}>
            <IconButton icon="back" label={t('common.back')} onPress={() => go(back.to)} />
          </span>
        )}
        <h1 ref={heading} tabIndex={-1} className={style.title}>
          {title}
        </h1>
        {actions && <div className={style.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
