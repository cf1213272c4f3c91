import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { Banners } from '../../banners.tsx';
import { Logo } from '../../logo.tsx';
import style from './account-frame.module.css';
import { LanguageMenu } from './language-menu.tsx';

/** The frame of the pages before the app: one card, the name, the language. */
export function AccountFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  return (
    <div className={style.frame}>
      <Banners />
      <header className={style.top}>
        <span className={style.brand}>
          <Logo size={32} />
          {t('app.name')}
        </span>
        <LanguageMenu />
      </header>
      <main className={style.main}>
        <div className={style.card}>
          <h1>{title}</h1>
          {children}
        </div>
        <p className={style.tagline}>{t('account.tagline')}</p>
      </main>
    </div>
  );
}
