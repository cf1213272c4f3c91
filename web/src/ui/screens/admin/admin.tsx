import type { ReactNode } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { session } from '../../../state/session.ts';
import { Card } from '../../card.tsx';
import { classes } from '../../classes.ts';
import { Empty } from '../../empty.tsx';
import { Icon, type IconName } from '../../icons.tsx';
import { Link } from '../../link.tsx';
import { useStore } from '../../use-store.ts';
import { Page } from '../page.tsx';
import { Pair } from '../pair.tsx';
import list from '../settings/settings.module.css';
import { Audit } from './audit.tsx';
import { AdminMeetings } from './meetings.tsx';
import { Overview } from './overview.tsx';
import { Users } from './users.tsx';

interface Section {
  id: string;
  word: WordKey;
  icon: IconName;
  body: () => ReactNode;
}

const sections: readonly Section[] = [
  { id: 'overview', word: 'admin.overview', icon: 'look', body: () => <Overview /> },
  { id: 'users', word: 'admin.users', icon: 'people', body: () => <Users /> },
  { id: 'meetings', word: 'admin.meetings', icon: 'calendar', body: () => <AdminMeetings /> },
  { id: 'audit', word: 'admin.audit', icon: 'clock', body: () => <Audit /> },
];

/** What an administrator sees and does. The server decides who is one; this page only says so. */
export function Admin({ section }: { section: string | undefined }) {
  const { t } = useWords();
  const now = useStore(session);
  if (now.status === 'in' && now.profile && !now.profile.admin) {
    return (
      <Page title={t('admin.title')}>
        <Empty icon="block" title={t('admin.only')} />
      </Page>
    );
  }
  const chosen = sections.find((s) => s.id === section);
  const shown = chosen ?? sections[0];
  return (
    <Page wide title={t('admin.title')} {...(chosen ? { back: { to: '/admin', narrow: true } } : {})}>
      <Pair
        opened={chosen !== undefined}
        list={
          <nav className={list.list} aria-label={t('admin.title')}>
            <Card>
              <ul>
                {sections.map((s) => (
                  <li key={s.id}>
                    <Link
                      href={`/admin/${s.id}`}
                      className={classes(list.item, s === shown && list.here)}
                      aria-current={s === chosen ? 'page' : undefined}
                    >
                      <Icon name={s.icon} />
                      <span className={list.word}>{t(s.word)}</span>
                      <Icon name="forward" size={18} />
                    </Link>
                  </li>
                ))}
              </ul>
            </Card>
          </nav>
        }
        detail={shown && <Card title={t(shown.word)}>{shown.body()}</Card>}
      />
    </Page>
  );
}
