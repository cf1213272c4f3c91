import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import {
  type Assign,
  askOf,
  nameIn,
  newForm,
  roomCount,
  withName,
  withPlace,
} from '../../../state/breakout-form.ts';
import { openRooms } from '../../../state/breakouts.ts';
import type { MeetingPlace } from '../../../state/meet-place.ts';
import { Button } from '../../button.tsx';
import { ChoiceGroup } from '../../choice-group.tsx';
import { Field } from '../../field.tsx';
import { Select } from '../../select.tsx';
import { useStore } from '../../use-store.ts';
import panels from '../rooms/inside/panels.module.css';
import style from './breakout.module.css';

const MINUTES = [5, 10, 15, 20, 30, 45, 60, 90, 120];
const NONE = 'none';

/** How many rooms and what they are called, who goes where, for how long. */
export function BreakoutSetup({ home }: { home: MeetingPlace }) {
  const { t } = useWords();
  const [form, setForm] = useState(newForm);
  const [busy, setBusy] = useState(false);
  const view = useStore(home.view);
  const people = [...(view?.people.values() ?? [])].filter(({ role }) => role === 'participant');
  const count = roomCount(form);
  const numbered = (n: number) => t('breakout.name', { n });
  const open = async () => {
    const ask = askOf(form, numbered);
    if (!ask) return;
    setBusy(true);
    await openRooms(home, ask);
    setBusy(false);
  };
  const rooms = Array.from({ length: count ?? 0 }, (_, index) => ({
    id: String(index),
    title: nameIn(form, index, numbered),
  }));
  return (
    <>
      <Field
        label={t('breakout.count')}
        type="number"
        inputMode="numeric"
        value={form.count}
        onChange={(next) => setForm({ ...form, count: next })}
        {...(count === undefined && { error: t('breakout.needCount') })}
      />
      {rooms.map(({ id }, index) => (
        <Field
          key={id}
          label={t('breakout.nameOf', { n: index + 1 })}
          value={form.names.get(index) ?? numbered(index + 1)}
          maxLength={100}
          onChange={(name) => setForm(withName(form, index, name))}
        />
      ))}
      <ChoiceGroup
        label={t('breakout.assign')}
        value={form.assign}
        choices={(['even', 'manual', 'free'] as const).map((id) => ({ id, title: t(`breakout.${id}`) }))}
        onChange={(assign) => setForm({ ...form, assign: assign as Assign })}
      />
      {form.assign === 'manual' && people.length === 0 && (
        <p className={style.note}>{t('breakout.nobody')}</p>
      )}
      {form.assign === 'manual' && (
        <ul className={style.list}>
          {people.map((person) => {
            const at = form.places.get(person.userId);
            const room = at === undefined || at >= rooms.length ? NONE : String(at);
            return (
              <li key={person.userId} className={style.person} data-testid={`place-${person.uid}`}>
                <Select
                  label={person.name}
                  value={room}
                  choices={[{ id: NONE, title: t('breakout.inMain') }, ...rooms]}
                  onChange={(id) =>
                    setForm(withPlace(form, person.userId, id === NONE ? undefined : Number(id)))
                  }
                />
              </li>
            );
          })}
        </ul>
      )}
      <Select
        label={t('breakout.minutes')}
        value={form.minutes === '' ? NONE : form.minutes}
        choices={[
          { id: NONE, title: t('breakout.noLimit') },
          ...MINUTES.map((minutes) => ({
            id: String(minutes),
            title: t('breakout.minutes', { count: minutes }),
          })),
        ]}
        onChange={(id) => setForm({ ...form, minutes: id === NONE ? '' : id })}
      />
      <div className={panels.nothing}>
        <Button kind="primary" wide isDisabled={busy || count === undefined} onPress={() => void open()}>
          {t('breakout.open')}
        </Button>
      </div>
    </>
  );
}
