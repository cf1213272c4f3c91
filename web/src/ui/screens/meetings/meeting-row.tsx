import { moment } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { detailsAddress, meetingAddress } from '../../../state/meeting-link.ts';
import { go } from '../../../state/router.ts';
import type { Meeting } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { classes } from '../../classes.ts';
import { Icon } from '../../icons.tsx';
import { Link } from '../../link.tsx';
import look from '../list-row.module.css';
import style from './meetings.module.css';

/** A meeting in a list: what, when, and the way in where there is one. */
export function MeetingRow({ meeting }: { meeting: Meeting }) {
  const { t, language } = useWords();
  const { id, status } = meeting;
  const open = status === 'scheduled' || status === 'ongoing';
  const at = meeting.startTime ?? meeting.startedAt;
  const when = at ? moment(at, language) : t('meetings.anyTime');
  const whole = meeting.seriesId === null ? when : `${when} · ${t('repeat.mark')}`;
  const note =
    status === 'cancelled'
      ? `${t('meetings.cancelled')} · ${whole}`
      : status === 'ended'
        ? `${t('meetings.ended')} · ${whole}`
        : whole;
  return (
    <li className={look.row}>
      <Link className={look.link} href={detailsAddress(id)}>
        <span className={classes(look.mark, status === 'ongoing' && look.live)}>
          <Icon name={meeting.type === 'video' ? 'camera' : 'mic'} size={22} />
        </span>
        <span className={look.words}>
          <span className={classes(look.name, status === 'cancelled' && style.off)}>{meeting.title}</span>
          <span className={look.note}>{note}</span>
        </span>
        {status === 'ongoing' && <span className={look.tag}>{t('meetings.now')}</span>}
      </Link>
      {open && (
        <Button
          kind={status === 'ongoing' ? 'primary' : 'soft'}
          aria-label={`${t('meeting.join')}: ${meeting.title}`}
          onPress={() => go(meetingAddress(id))}
        >
          {t('meeting.join')}
        </Button>
      )}
    </li>
  );
}
