import { useWords } from '../../i18n/use-words.ts';
import { meetingIdIn } from '../../state/meeting-link.ts';
import type { Route } from '../../state/router.ts';
import { Empty } from '../empty.tsx';
import { Link } from '../link.tsx';
import { Admin } from './admin/admin.tsx';
import { Contacts } from './contacts/contacts.tsx';
import { Groups } from './groups/groups.tsx';
import { History } from './history/history.tsx';
import { Home } from './home.tsx';
import { MeetingDetails } from './meetings/meeting-details.tsx';
import { Meetings } from './meetings/meetings.tsx';
import { Page } from './page.tsx';
import { Rooms } from './rooms/rooms.tsx';
import { Settings } from './settings/settings.tsx';
import { Shell } from './shell.tsx';

/** The pages with the navigation around them. */
export function Pages({ route }: { route: Route }) {
  return (
    <Shell route={route}>
      <Body route={route} />
    </Shell>
  );
}

function Body({ route }: { route: Route }) {
  switch (route.name) {
    case 'calls':
    case 'call':
      return <Home />;
    case 'contacts':
      return <Contacts />;
    case 'groups':
      return <Groups id={route.id} />;
    case 'rooms':
      return <Rooms />;
    case 'meetings':
      return <MeetingsPage id={route.id} />;
    case 'history':
      return <History />;
    case 'admin':
      return <Admin section={route.id} />;
    case 'settings':
      return <Settings section={route.id} />;
    default:
      return <NotFound />;
  }
}

function MeetingsPage({ id }: { id: string | undefined }) {
  if (id === undefined) return <Meetings />;
  const number = meetingIdIn(id);
  return number === undefined ? <NotFound /> : <MeetingDetails id={number} />;
}

function NotFound() {
  const { t } = useWords();
  return (
    <Page title={t('error.page')}>
      <Empty icon="search" title={t('error.pageCure')}>
        <Link href="/calls">{t('error.home')}</Link>
      </Empty>
    </Page>
  );
}
