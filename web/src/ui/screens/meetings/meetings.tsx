import { type FormEvent, useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { connection } from '../../../state/connection.ts';
import { detailsAddress, meetingAddress, meetingIdIn } from '../../../state/meeting-link.ts';
import { coming, loadComing, loadPast, more, past } from '../../../state/meetings.ts';
import { go } from '../../../state/router.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Card } from '../../card.tsx';
import { Empty } from '../../empty.tsx';
import { Field } from '../../field.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { Tabs } from '../../tabs.tsx';
import { useStore } from '../../use-store.ts';
import { Page } from '../page.tsx';
import { MeetingEditor } from './meeting-editor.tsx';
import { MeetingRow } from './meeting-row.tsx';
import style from './meetings.module.css';
import { Month } from './month.tsx';

/** One's meetings: what is planned, what was, as a list or in a month. */
export function Meetings() {
  const { t } = useWords();
  const [planning, setPlanning] = useState(false);
  const isConnected = useStore(connection) === 'open';
  const plan = () => setPlanning(true);
  useEffect(() => {
    if (isConnected) void Promise.all([loadComing(), loadPast()]);
  }, [isConnected]);
  return (
    <Page
      title={t('meetings.title')}
      actions={
        <Button icon="plus" kind="primary" onPress={plan}>
          {t('meetings.schedule')}
        </Button>
      }
    >
      <OpenByNumber />
      <Tabs
        label={t('meetings.title')}
        items={[
          { id: 'coming', title: t('meetings.coming'), panel: <List of="coming" /> },
          { id: 'past', title: t('meetings.past'), panel: <List of="past" /> },
          { id: 'calendar', title: t('meetings.calendar'), panel: <Month /> },
        ]}
      />
      {planning && (
        <MeetingEditor onClose={() => setPlanning(false)} onSaved={({ id }) => go(detailsAddress(id))} />
      )}
    </Page>
  );
}

const lists = {
  coming: { list: coming, load: loadComing, empty: 'meetings.emptyComing' },
  past: { list: past, load: loadPast, empty: 'meetings.emptyPast' },
} as const;

function List({ of }: { of: keyof typeof lists }) {
  const { t } = useWords();
  const { list, load, empty } = lists[of];
  const value = useStore(list);
  return (
    <LoadedView value={value} onRetry={() => void load()}>
      {({ meetings, total }) =>
        meetings.length === 0 ? (
          <Empty icon="calendar" title={t(empty)} />
        ) : (
          <Card>
            <ul>
              {meetings.map((meeting) => (
                <MeetingRow key={meeting.id} meeting={meeting} />
              ))}
            </ul>
            {meetings.length < total && (
              <Button wide onPress={() => void more(list).catch(toastProblem)}>
                {t('meetings.more')}
              </Button>
            )}
          </Card>
        )
      }
    </LoadedView>
  );
}

/** Into a meeting whose number or link one was given. */
function OpenByNumber() {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const id = meetingIdIn(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id !== undefined) go(meetingAddress(id));
  };
  return (
    <form className={style.byNumber} onSubmit={submit}>
      <Field label={t('meetings.openLink')} value={typed} onChange={setTyped} autoComplete="off" />
      <Button type="submit" isDisabled={id === undefined}>
        {t('meetings.open')}
      </Button>
    </form>
  );
}
