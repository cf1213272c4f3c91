import { useEffect, useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { connection, need } from '../../../state/connection.ts';
import type { MeetingNumbers, Overview as Numbers } from '../../../state/sdk.ts';
import { Loader } from '../../../state/store.ts';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import style from './admin.module.css';
import { Bars } from './bars.tsx';

interface Shown {
  numbers: Numbers;
  latest: readonly MeetingNumbers[];
}

/** As many as a glance takes in. */
const LATEST = 10;

/** The server in numbers. */
export function Overview() {
  const { t, language } = useWords();
  const loader = useMemo(() => new Loader<Shown>(), []);
  const value = useStore(loader);
  const isConnected = useStore(connection) === 'open';
  const load = () =>
    void loader.load(async () => {
      const api = need().admin;
      const [numbers, { meetings }] = await Promise.all([api.overview(), api.numbers({ pageSize: LATEST })]);
      return { numbers, latest: meetings };
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when connected.
  useEffect(() => {
    if (isConnected) load();
  }, [isConnected]);
  const whole = new Intl.NumberFormat(language);
  const hours = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <LoadedView value={value} onRetry={load}>
      {({ numbers, latest }) => (
        <div className={style.overview}>
          <dl className={style.figures}>
            {(
              [
                ['admin.people', whole.format(numbers.users)],
                ['admin.ongoing', whole.format(numbers.meetings.ongoing)],
                ['admin.connected', whole.format(numbers.sessions.active)],
                ['admin.hours', hours.format(numbers.duration / 3600)],
                ['admin.messages', whole.format(numbers.messages)],
              ] as const
            ).map(([word, figure]) => (
              <div key={word} className={style.figure}>
                <dt>{t(word)}</dt>
                <dd>{figure}</dd>
              </div>
            ))}
          </dl>
          <Bars
            title={t('admin.byStatus')}
            bars={[
              { name: t('admin.scheduled'), value: numbers.meetings.scheduled },
              { name: t('admin.ongoingStatus'), value: numbers.meetings.ongoing },
              { name: t('admin.ended'), value: numbers.meetings.ended },
              { name: t('admin.cancelled'), value: numbers.meetings.cancelled },
            ]}
          />
          {latest.length > 0 && (
            <Bars
              title={t('admin.peopleInMeetings')}
              bars={latest.map(({ id, title, people }) => ({ id, name: title, value: people }))}
            />
          )}
        </div>
      )}
    </LoadedView>
  );
}
