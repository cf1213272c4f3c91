import type { ReactNode } from 'react';
import type { WordKey } from '../../i18n/index.ts';
import { useWords } from '../../i18n/use-words.ts';
import { contacts } from '../../state/contacts.ts';
import { missedCount } from '../../state/past-calls.ts';
import type { Route } from '../../state/router.ts';
import { Banners } from '../banners.tsx';
import { classes } from '../classes.ts';
import { Icon, type IconName } from '../icons.tsx';
import { Link } from '../link.tsx';
import { Logo } from '../logo.tsx';
import { useStore } from '../use-store.ts';
import { MiniCall } from './call/mini-call.tsx';
import style from './shell.module.css';

interface NavItem {
  name: Route['name'];
  href: string;
  word: WordKey;
  icon: IconName;
}

const items: readonly NavItem[] = [
  { name: 'calls', href: '/calls', word: 'nav.calls', icon: 'phone' },
  { name: 'contacts', href: '/contacts', word: 'nav.contacts', icon: 'person' },
  { name: 'groups', href: '/groups', word: 'nav.groups', icon: 'people' },
  { name: 'rooms', href: '/rooms', word: 'nav.rooms', icon: 'rooms' },
  { name: 'meetings', href: '/meetings', word: 'nav.meetings', icon: 'calendar' },
  { name: 'history', href: '/history', word: 'nav.history', icon: 'clock' },
  { name: 'settings', href: '/settings', word: 'nav.settings', icon: 'settings' },
];

/** Navigation, notices and the call that goes on, around a page. */
export function Shell({ route, children }: { route: Route; children: ReactNode }) {
  const { t } = useWords();
  const requests = useStore(contacts).data?.filter((c) => c.state === 'incoming').length ?? 0;
  const missed = useStore(missedCount);
  const badge = (name: Route['name']) => (name === 'contacts' ? requests : name === 'history' ? missed : 0);
  const told = (name: Route['name'], count: number) =>
    t(name === 'contacts' ? 'contacts.requestsCount' : 'call.missedCount', { count });
  return (
    <div className={style.shell}>
      <a className={style.skip} href="#main">
        {t('app.skip')}
      </a>
      <nav className={style.nav} aria-label={t('nav.main')}>
        <span className={style.logo}>
          <Logo />
          <span className={style.brand}>{t('app.name')}</span>
        </span>
        <ul className={style.items}>
          {items.map((item) => (
            <li key={item.name}>
              <Link
                href={item.href}
                className={classes(style.item, item.name === route.name && style.here)}
                aria-current={item.name === route.name ? 'page' : undefined}
              >
                <span className={style.icon}>
                  <Icon name={item.icon} />
                  {badge(item.name) > 0 && (
                    <span className={style.badge}>
                      <span aria-hidden="true">{Math.min(99, badge(item.name))}</span>
                      <span className="visually-hidden">{told(item.name, badge(item.name))}</span>
                    </span>
                  )}
                </span>
                <span className={style.word}>{t(item.word)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={style.content}>
        <Banners />
        <MiniCall />
        <main id="main" className={style.main} tabIndex={-1} data-region="main">
          {children}
        </main>
      </div>
    </div>
  );
}
