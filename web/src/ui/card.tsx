import type { ReactNode } from 'react';
import style from './card.module.css';

interface CardProps {
  title?: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page on its own ground. */
export function Card({ title, action, children }: CardProps) {
  return (
    <section className={style.card} aria-label={title}>
      {title && (
        <header className={style.header}>
          <h2 className={style.title}>{title}</h2>
          {action}
        </header>
      )}
      {children}
    </section>
  );
}
