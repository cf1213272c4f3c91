import { useEffect } from 'react';
import type { WordKey } from '../i18n/index.ts';
import { useWords } from '../i18n/use-words.ts';
import { type CallView, callName } from '../state/call-view.ts';
import { groups } from '../state/groups.ts';
import type { Route } from '../state/router.ts';
import { Store } from '../state/store.ts';
import { visit } from '../state/visit.ts';
import { useStore } from './use-store.ts';

const titles: Record<Route['name'], WordKey> = {
  login: 'account.signIn',
  register: 'account.register',
  'forgot-password': 'account.forgotTitle',
  'reset-password': 'account.resetTitle',
  calls: 'nav.calls',
  contacts: 'nav.contacts',
  groups: 'nav.groups',
  rooms: 'nav.rooms',
  meetings: 'nav.meetings',
  meet: 'nav.meetings',
  admin: 'nav.admin',
  history: 'nav.history',
  settings: 'nav.settings',
  call: 'nav.calls',
  unknown: 'error.page',
};

const nothing = new Store('');

/** The tab's title: who rings comes first, for the tab may be in the background. */
export function usePageTitle(route: Route, call: CallView | undefined, rings: readonly CallView[]): void {
  const { t } = useWords();
  const known = useStore(groups).data;
  const place = useStore(visit)?.place;
  const meeting = useStore(place?.title ?? nothing);
  const ring = rings[0];
  const page =
    route.name === 'call' && call
      ? t('call.withName', { name: callName(call, known) })
      : route.name === 'rooms' && route.id !== undefined
        ? t('room.withName', { name: route.id })
        : place?.kind === 'meeting'
          ? t('meeting.withName', { name: meeting })
          : t(titles[route.name]);
  const title = `${ring ? t('call.incomingShort', { name: ring.peer.name }) : page} · ${t('app.name')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
