import { useMemo, useState } from 'react';
import { moment } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import { detailsAddress } from '../../../state/meeting-link.ts';
import { PAGE_SIZE, PagedLoader } from '../../../state/paged.ts';
import type { MeetingNumbers } from '../../../state/sdk.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { classes } from '../../classes.ts';
import { Confirm } from '../../dialog.tsx';
import { Icon } from '../../icons.tsx';
import { Link } from '../../link.tsx';
import look from '../list-row.module.css';
import { PagedList } from './paged-list.tsx';

export const numbersLoader = () =>
  new PagedLoader<MeetingNumbers>(async (page) => {
    const { meetings, total } = await need().admin.numbers({ page, pageSize: PAGE_SIZE });
    return { items: meetings, total };
  });

/** All meetings, those that go on first; one that goes on can be ended. */
export function AdminMeetings() {
  const { t } = useWords();
  const list = useMemo(numbersLoader, []);
  return (
    <PagedList of={list} empty={{ icon: 'calendar', title: t('admin.noMeetings') }}>
      {(meeting) => <Row key={meeting.id} meeting={meeting} reload={() => void list.show()} />}
    </PagedList>
  );
}

const STATUS = {
  scheduled: 'admin.scheduled',
  ongoing: 'admin.ongoingStatus',
  ended: 'admin.ended',
  cancelled: 'admin.cancelled',
} as const;

function Row({ meeting, reload }: { meeting: MeetingNumbers; reload: () => void }) {
  const { t, language } = useWords();
  const [ending, setEnding] = useState(false);
  const live = meeting.status === 'ongoing';
  const { people, messages, startedAt } = meeting;
  const note = [
    t(STATUS[meeting.status]),
    startedAt && moment(startedAt, language),
    live ? t('admin.online', { count: meeting.online }) : t('admin.numbers', { people, messages }),
  ];
  return (
    <li className={look.row}>
      <Link href={detailsAddress(meeting.id)} className={look.link}>
        <span className={classes(look.mark, live && look.live)}>
          <Icon name="calendar" size={22} />
        </span>
        <span className={look.words}>
          <span className={look.name}>{meeting.title}</span>
          <span className={look.note}>{note.filter(Boolean).join(' · ')}</span>
        </span>
      </Link>
      {live && (
        <Button
          kind="danger"
          aria-label={t('admin.endFor', { name: meeting.title })}
          onPress={() => setEnding(true)}
        >
          {t('admin.end')}
        </Button>
      )}
      <Confirm
        open={ending}
        onClose={() => setEnding(false)}
        title={t('admin.endTitle')}
        body={meeting.title}
        action={t('admin.end')}
        onConfirm={() => void need().meetings.end(meeting.id).then(reload, toastProblem)}
      />
    </li>
  );
}
