import { useEffect, useMemo, useState } from 'react';
import { moment } from '../../../i18n/format.ts';
import { repeatSentence } from '../../../i18n/repeat-sentence.ts';
import { useWords, type Words } from '../../../i18n/use-words.ts';
import { connection, need } from '../../../state/connection.ts';
import { reasonOf } from '../../../state/errors.ts';
import { copyText } from '../../../state/in-room.ts';
import { saveCalendar } from '../../../state/invitations.ts';
import { meetingAddress } from '../../../state/meeting-link.ts';
import { dropMeeting } from '../../../state/meetings.ts';
import { repeatOf } from '../../../state/repeat.ts';
import { go } from '../../../state/router.ts';
import type { Meeting, MeetingParticipant, MeetingSeries } from '../../../state/sdk.ts';
import { dropSeries, ownPlace, seriesOf } from '../../../state/series.ts';
import { session } from '../../../state/session.ts';
import { Loader } from '../../../state/store.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Avatar } from '../../avatar.tsx';
import { Button } from '../../button.tsx';
import { Card } from '../../card.tsx';
import { Confirm } from '../../dialog.tsx';
import { Empty } from '../../empty.tsx';
import { Icon, type IconName } from '../../icons.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import look from '../list-row.module.css';
import { PollHistory } from '../meet/poll-history.tsx';
import { Page } from '../page.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MeetingEditor } from './meeting-editor.tsx';
import style from './meetings.module.css';
import { RepeatScope, type Scope } from './repeat-scope.tsx';

interface Details {
  meeting: Meeting;
  /** Nobody, where one may not see them. */
  people: readonly MeetingParticipant[];
  /** Of one that recurs, where one may see it. */
  series: MeetingSeries | undefined;
}

async function read(id: number): Promise<Details> {
  const api = need().meetings;
  const [meeting, people] = await Promise.all([
    api.get(id),
    api.participants(id, { pageSize: 100 }).then(
      (found) => found.participants,
      // Who is not in it yet sees what it is, but not who comes.
      (error: unknown) => (reasonOf(error) === 'forbidden' ? [] : Promise.reject(error)),
    ),
  ]);
  return { meeting, people, series: await seriesOf(meeting) };
}

/** One meeting: when, who, the way in, and what its host may do. */
export function MeetingDetails({ id }: { id: number }) {
  const { t } = useWords();
  const loader = useMemo(() => new Loader<Details>(), []);
  const value = useStore(loader);
  const isConnected = useStore(connection) === 'open';
  const load = () => void loader.load(() => read(id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again for another meeting, and when connected.
  useEffect(() => {
    if (isConnected) load();
  }, [isConnected, id]);
  const reason = value.status === 'failed' ? reasonOf(value.error) : undefined;
  const back = { to: '/meetings' };
  if (reason === 'not_found' || reason === 'forbidden') {
    const gone = reason === 'not_found';
    return (
      <Page title={t('meetings.title')} back={back}>
        <Empty icon={gone ? 'search' : 'key'} title={t(gone ? 'meeting.gone' : 'meeting.private')}>
          {!gone && (
            <Button kind="primary" onPress={() => go(meetingAddress(id))}>
              {t('meeting.join')}
            </Button>
          )}
        </Empty>
      </Page>
    );
  }
  return (
    <Page title={value.data?.meeting.title ?? t('meetings.title')} back={back}>
      <LoadedView value={value} onRetry={load}>
        {(details) => <Body details={details} reload={load} />}
      </LoadedView>
    </Page>
  );
}

function Body({ details: { meeting, people, series }, reload }: { details: Details; reload: () => void }) {
  const { t } = useWords();
  const now = useStore(session);
  const [open, setOpen] = useState<'edit' | 'drop' | 'invite'>();
  const me = now.status === 'in' ? now.profile : undefined;
  const host = meeting.creatorId === me?.id || me?.admin === true;
  const role = people.find(({ userId }) => userId === me?.id)?.role;
  const runs = host || role === 'host' || role === 'moderator';
  const over = meeting.status === 'ended' || meeting.status === 'cancelled';
  const [scope, setScope] = useState<Scope>();
  const close = () => {
    setOpen(undefined);
    setScope(undefined);
  };
  /** Of a series that goes on it is asked first whether one is meant or all. */
  const asks = series?.state === 'active' && !over && scope === undefined;
  const drop = () =>
    series && scope && scope !== 'one'
      ? dropSeries(series.id, scope === 'following' ? meeting.id : undefined)
      : dropMeeting(meeting.id);
  return (
    <>
      <Card>
        <Facts meeting={meeting} series={series} />
        {meeting.description && <p className={style.description}>{meeting.description}</p>}
        <div className={style.buttons}>
          {!over && (
            <Button kind="primary" icon="camera" onPress={() => go(meetingAddress(meeting.id))}>
              {t('meeting.join')}
            </Button>
          )}
          {!over && (
            <Button icon="link" onPress={() => void copyText(location.origin + meetingAddress(meeting.id))}>
              {t('meeting.copyLink')}
            </Button>
          )}
          {!over && meeting.startTime && (
            <Button icon="calendar" onPress={() => void saveCalendar(meeting.id, series).catch(toastProblem)}>
              {t('invite.calendar')}
            </Button>
          )}
          {host && !over && <Button onPress={() => setOpen('edit')}>{t('meeting.edit')}</Button>}
          {host && meeting.status !== 'ongoing' && (
            <Button kind="danger" icon="trash" onPress={() => setOpen('drop')}>
              {t(over ? 'meeting.remove' : 'meeting.cancel')}
            </Button>
          )}
        </div>
      </Card>
      {people.length > 0 && (
        <Card title={t('meeting.people')}>
          <ul>
            {people.map((person) => (
              <li key={person.id} className={look.row}>
                <span className={look.link}>
                  <Avatar name={person.name} url={person.avatarUrl} size={40} />
                  <span className={look.words}>
                    <span className={look.name}>{person.name}</span>
                    <span className={look.note}>{t(`meeting.${person.role}`)}</span>
                  </span>
                </span>
              </li>
            ))}
          </ul>
          {runs && !over && (
            <Button icon="addPerson" wide onPress={() => setOpen('invite')}>
              {t('invite.open')}
            </Button>
          )}
        </Card>
      )}
      {meeting.startedAt && <PollHistory id={meeting.id} />}
      {(open === 'edit' || open === 'drop') && asks && (
        <RepeatScope act={open} onClose={close} onChosen={setScope} />
      )}
      {open === 'edit' && !asks && (
        <MeetingEditor
          meeting={meeting}
          series={scope === 'one' ? undefined : scope && series}
          following={scope === 'following'}
          onClose={close}
          onSaved={reload}
        />
      )}
      {open === 'invite' && (
        <InviteDialog
          meetingId={meeting.id}
          present={new Set(people.filter(({ joinedAt }) => joinedAt).map(({ uid }) => uid))}
          onClose={close}
          onChanged={reload}
        />
      )}
      <Confirm
        open={open === 'drop' && !asks}
        onClose={close}
        title={t(over ? 'meeting.remove' : 'meeting.cancelTitle')}
        body={over ? meeting.title : t(DROPS[scope ?? 'one'])}
        action={t(over ? 'meeting.remove' : 'meeting.cancel')}
        onConfirm={() => void drop().then(() => go('/meetings'), toastProblem)}
      />
    </>
  );
}

function Facts({ meeting, series }: { meeting: Meeting; series: MeetingSeries | undefined }) {
  const words = useWords();
  const { t, language } = words;
  const { startTime, endTime, status, settings } = meeting;
  const when = startTime
    ? endTime
      ? new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }).formatRange(
          startTime,
          endTime,
        )
      : moment(startTime, language)
    : t('meetings.anyTime');
  const facts: [IconName, string][] = [
    ['clock', when],
    ...(series ? [['repeat', recurs(words, series)] as [IconName, string]] : []),
    ...(status === 'ongoing' ? [['camera', t('meetings.now')] as [IconName, string]] : []),
    ...(status === 'cancelled' ? [['block', t('meetings.cancelled')] as [IconName, string]] : []),
    ...(status === 'ended' ? [['check', t('meetings.ended')] as [IconName, string]] : []),
    ['people', t('rooms.sizeOf', { count: meeting.maxParticipants })],
    ...(meeting.hasPassword ? [['key', t('meeting.password')] as [IconName, string]] : []),
    ...(settings.waitingRoom ? [['door', t('meeting.waitingRoom')] as [IconName, string]] : []),
    ...(settings.guests ? [['person', t('meeting.guests')] as [IconName, string]] : []),
    ['link', location.origin + meetingAddress(meeting.id)],
  ];
  return (
    <ul className={style.facts}>
      {facts.map(([icon, text]) => (
        <li key={icon} className={style.fact}>
          <Icon name={icon} size={20} />
          {text}
        </li>
      ))}
    </ul>
  );
}

const DROPS = { one: 'meeting.cancelBody', following: 'repeat.following', all: 'repeat.all' } as const;

/** In the time of its place, which is named where it is another than one's own. */
function recurs(words: Words, { recurrence, state }: MeetingSeries): string {
  const { t } = words;
  const said = repeatSentence(words, repeatOf(recurrence), new Date(recurrence.start));
  const what =
    recurrence.timezone === ownPlace() ? said : t('repeat.in', { what: said, place: recurrence.timezone });
  return state === 'ended' ? t('repeat.ended', { what }) : what;
}
