import type { WordKey } from '../../../i18n/index.ts';
import { nameOfDay, repeatSentence } from '../../../i18n/repeat-sentence.ts';
import { useWords, type Words } from '../../../i18n/use-words.ts';
import { firstDayOf } from '../../../state/calendar.ts';
import { daysOf, fitting, kindsOn, nthOf, type Repeat, type RepeatKind } from '../../../state/repeat.ts';
import { Field } from '../../field.tsx';
import { Select } from '../../select.tsx';
import style from './repeat.module.css';

interface RepeatFieldsProps {
  repeat: Repeat;
  start: Date;
  /** One that recurs already does not stop recurring. */
  always: boolean;
  error?: WordKey | undefined;
  onChange: (repeat: Repeat) => void;
}

/** Whether a meeting recurs, how, and until when; what is chosen is said in a sentence. */
export function RepeatFields({ repeat: chosen, start, always, error, onChange }: RepeatFieldsProps) {
  const words = useWords();
  const { t } = words;
  const repeat = fitting(chosen, start);
  const { kind } = repeat;
  const set = (change: Partial<Repeat>) => onChange({ ...repeat, ...change });
  const kinds: RepeatKind[] = [...(always ? [] : (['never'] as const)), ...kindsOn(start, kind)];
  const fault = error && { error: t(error) };
  return (
    <>
      <Select
        label={t('repeat.label')}
        value={kind}
        choices={kinds.map((id) => ({ id, title: titleOf(words, id, start) }))}
        onChange={(id) => set({ kind: id as RepeatKind })}
      />
      {kind === 'weekly' && <Days repeat={repeat} start={start} onChange={(days) => set({ days })} />}
      {kind !== 'never' && kind !== 'own' && (
        <Select
          label={t('repeat.ends')}
          value={repeat.ends}
          choices={[
            { id: 'never', title: t('repeat.endsNever') },
            { id: 'date', title: t('repeat.endsDate') },
            { id: 'count', title: t('repeat.endsCount') },
          ]}
          onChange={(ends) => set({ ends: ends as Repeat['ends'] })}
        />
      )}
      {kind !== 'never' && kind !== 'own' && repeat.ends === 'date' && (
        <Field
          label={t('repeat.lastDay')}
          type="date"
          value={repeat.until}
          onChange={(until) => set({ until })}
          {...fault}
        />
      )}
      {kind !== 'never' && kind !== 'own' && repeat.ends === 'count' && (
        <Field
          label={t('repeat.count')}
          type="number"
          inputMode="numeric"
          value={repeat.count}
          onChange={(count) => set({ count })}
          {...fault}
        />
      )}
      {kind !== 'never' && (
        <p className={style.sentence} aria-live="polite">
          {repeatSentence(words, repeat, start)}
        </p>
      )}
    </>
  );
}

function Days({
  repeat,
  start,
  onChange,
}: {
  repeat: Repeat;
  start: Date;
  onChange: (days: number[]) => void;
}) {
  const { t, language } = useWords();
  const chosen = daysOf(repeat, start);
  const first = firstDayOf(language);
  const days = Array.from({ length: 7 }, (_, i) => (first + i) % 7);
  return (
    <fieldset className={style.days}>
      <legend className={style.legend}>{t('repeat.days')}</legend>
      {days.map((day) => {
        const on = chosen.includes(day);
        return (
          <button
            key={day}
            type="button"
            className={style.day}
            aria-pressed={on}
            onClick={() => onChange(on ? chosen.filter((one) => one !== day) : [...chosen, day])}
          >
            {nameOfDay(language, day, 'short')}
          </button>
        );
      })}
    </fieldset>
  );
}

const PLAIN = {
  never: 'repeat.never',
  daily: 'repeat.daily',
  weekdays: 'repeat.weekdays',
  weekly: 'repeat.weekly',
  own: 'repeat.ownRule',
} as const satisfies Partial<Record<RepeatKind, WordKey>>;
const NTH = ['repeat.nth1', 'repeat.nth2', 'repeat.nth3', 'repeat.nth4', 'repeat.nthLast'] as const;

function titleOf({ t, language }: Words, kind: RepeatKind, start: Date): string {
  const day = nameOfDay(language, start.getDay());
  switch (kind) {
    case 'monthDate':
      return t('repeat.monthDate', { day: start.getDate() });
    case 'monthDay':
      return t('repeat.monthDay', { nth: t(NTH[nthOf(start) - 1] ?? 'repeat.nthLast'), day });
    case 'monthLast':
      return t('repeat.monthDay', { nth: t('repeat.nthLast'), day });
    case 'yearly': {
      const date = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric' }).format(start);
      return t('repeat.yearly', { date });
    }
    default:
      return t(PLAIN[kind]);
  }
}
