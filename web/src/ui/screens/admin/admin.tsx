import { useWords } from '../../../i18n/use-words.ts';
import { session } from '../../../state/session.ts';
import { Empty } from '../../empty.tsx';
import { useStore } from '../../use-store.ts';
import { Page } from '../page.tsx';
import { type Section, SectionPages } from '../section-pages.tsx';
import { Audit } from './audit.tsx';
import { AdminMeetings } from './meetings.tsx';
import { Overview } from './overview.tsx';
import { Users } from './users.tsx';

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
  return <SectionPages title={t('admin.title')} base="/admin" sections={sections} section={section} />;
}
