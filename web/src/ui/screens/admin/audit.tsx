import { useMemo } from 'react';
import { moment } from '../../../i18n/format.ts';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import { PAGE_SIZE, PagedLoader } from '../../../state/paged.ts';
import type { AuditEntry } from '../../../state/sdk.ts';
import look from '../list-row.module.css';
import style from './admin.module.css';
import { PagedList } from './paged-list.tsx';

const ACTIONS: Readonly<Record<string, WordKey>> = {
  'user.updated': 'audit.user.updated',
  'user.deleted': 'audit.user.deleted',
  'user.banned': 'audit.user.banned',
  'user.unbanned': 'audit.user.unbanned',
  'meeting.updated': 'audit.meeting.updated',
  'meeting.ended': 'audit.meeting.ended',
  'meeting.cancelled': 'audit.meeting.cancelled',
  'meeting.deleted': 'audit.meeting.deleted',
  'meeting.participant_removed': 'audit.meeting.participantRemoved',
  'meeting.role_changed': 'audit.meeting.roleChanged',
  'meeting.breakouts_opened': 'audit.meeting.breakoutsOpened',
  'meeting.breakouts_moved': 'audit.meeting.breakoutsMoved',
  'meeting.breakouts_closed': 'audit.meeting.breakoutsClosed',
};

/** Who did what to whom, when and from where. */
export function Audit() {
  const { t } = useWords();
  const list = useMemo(
    () =>
      new PagedLoader<AuditEntry>(async (page) => {
        const { entries, total } = await need().admin.audit({ page, pageSize: PAGE_SIZE });
        return { items: entries, total };
      }),
    [],
  );
  return (
    <PagedList of={list} empty={{ icon: 'clock', title: t('admin.noAudit') }}>
      {(entry) => <Row key={entry.id} entry={entry} />}
    </PagedList>
  );
}

function Row({ entry }: { entry: AuditEntry }) {
  const { t, language } = useWords();
  const action = ACTIONS[entry.action];
  const value = (text: string | null) => text ?? t('admin.nothing');
  const changes = Object.entries(entry.changes).map(([field, { from, to }]) =>
    t('admin.changed', { field, from: value(from), to: value(to) }),
  );
  return (
    <li className={style.entry}>
      <span className={look.name}>
        {t('admin.did', {
          who: entry.actor.name,
          what: action ? t(action) : entry.action,
          whom: entry.target.uid,
        })}
      </span>
      {changes.length > 0 && <span className={look.note}>{changes.join(' · ')}</span>}
      {entry.reason && <span className={look.note}>{entry.reason}</span>}
      <span className={look.note}>
        {`${moment(entry.at, language)} · ${t('admin.from', { address: entry.address })}`}
      </span>
    </li>
  );
}
