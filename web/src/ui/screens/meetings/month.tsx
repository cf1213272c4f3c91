import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { firstDayOf, monthAfter, sameDay, startOfMonth, weeksOf } from '../../../state/calendar.ts';
import { connection } from '../../../state/connection.ts';
import { loadMonth, ofMonth } from '../../../state/meetings.ts';
import type { Meeting } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Card } from '../../card.tsx';
import { classes } from '../../classes.ts';
import { IconButton } from '../../icon-button.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import { MeetingRow } from './meeting-row.tsx';
import style from './month.module.css';

const timeOf = ({ startTime, startedAt, createdAt }: Meeting) => startTime ?? startedAt ?? createdAt;

/** A month of meetings: days with a number of them, and those of the chosen day below. */
export function Month() {
  const { t, language } = useWords();
  const [month, setMonth] = useState(() => startOfMonth(new Date()));
  const [chosen, setChosen] = useState(() => new Date());
  const value = useStore(ofMonth);
  const isConnected = useStore(connection) === 'open';
  const weeks = weeksOf(month, firstDayOf(language));
  const load = () => {
    const days = weeksOf(month, firstDayOf(language)).flat();
    const [first, last] = [days[0], days.at(-1)];
    if (first && last) void loadMonth(first.date, monthEnd(last.date));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again for another month, and when connected.
  useEffect(() => {
    if (isConnected) load();
  }, [isConnected, month]);
  const go = (by: number) => {
    const next = monthAfter(month, by);
    setMonth(next);
    setChosen(next);
  };
  const meetings = value.data ?? [];
  const on = (date: Date) => meetings.filter((meeting) => sameDay(timeOf(meeting), date));
  const title = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long' }).format(month);
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'full' });
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short' });
  return (
    <Card>
      <div className={style.top}>
        <h2 className={style.title} aria-live="polite">
          {title}
        </h2>
        <Button
          onPress={() => {
            setMonth(startOfMonth(new Date()));
            setChosen(new Date());
          }}
        >
          {t('meetings.today')}
        </Button>
        <IconButton icon="back" label={t('meetings.previousMonth')} onPress={() => go(-1)} />
        <IconButton icon="forward" label={t('meetings.nextMonth')} onPress={() => go(1)} />
      </div>
      <table className={style.sheet} aria-label={title}>
        <thead>
          <tr>
            {weeks[0]?.map(({ date }) => (
              <th key={date.getDay()} scope="col">
                {weekday.format(date)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.date.getTime()}>
              {week.map(({ date, inMonth }) => {
                const count = on(date).length;
                const name = full.format(date);
                return (
                  <td key={date.getTime()}>
                    <button
                      type="button"
                      className={classes(style.day, !inMonth && style.outside)}
                      aria-pressed={sameDay(date, chosen)}
                      aria-current={sameDay(date, new Date()) ? 'date' : undefined}
                      aria-label={count > 0 ? t('meetings.onDay', { day: name, count }) : name}
                      onClick={() => setChosen(date)}
                    >
                      {date.getDate()}
                      <span className={style.dots} aria-hidden="true">
                        {[1, 2, 3].slice(0, count).map((dot) => (
                          <span key={dot} className={style.dot} />
                        ))}
                      </span>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <LoadedView value={value} onRetry={load}>
        {() => (
          <>
            <h3 className={style.chosen}>{full.format(chosen)}</h3>
            {on(chosen).length === 0 ? (
              <p className={style.none}>
                {t(meetings.length === 0 ? 'meetings.emptyMonth' : 'meetings.emptyComing')}
              </p>
            ) : (
              <ul>
                {on(chosen).map((meeting) => (
                  <MeetingRow key={meeting.id} meeting={meeting} />
                ))}
              </ul>
            )}
          </>
        )}
      </LoadedView>
    </Card>
  );
}

const monthEnd = (last: Date) => new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1);
