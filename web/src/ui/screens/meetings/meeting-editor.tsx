import { type FormEvent, useId, useState } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import {
  changesIn,
  checkForm,
  type FormFaults,
  formFrom,
  formOf,
  moveStart,
  newForm,
  seriesChangesIn,
  seriesIn,
} from '../../../state/meeting-form.ts';
import { meetingFault, saveMeeting } from '../../../state/meetings.ts';
import type { Meeting, MeetingSeries } from '../../../state/sdk.ts';
import { changeSeries, ownPlace, planSeries } from '../../../state/series.ts';
import { Button } from '../../button.tsx';
import { ChoiceGroup } from '../../choice-group.tsx';
import { Dialog } from '../../dialog.tsx';
import { Field } from '../../field.tsx';
import { Select } from '../../select.tsx';
import { Switch } from '../../switch.tsx';
import { FormError } from '../account/form-error.tsx';
import style from './meetings.module.css';
import { RepeatFields } from './repeat-fields.tsx';

const SIZES = [2, 10, 25, 50, 100, 300];

interface EditorProps {
  /** Absent: a new one. */
  meeting?: Meeting;
  /** Given: its meetings to come are changed, not the one; `following`: from this one on. */
  series?: MeetingSeries | undefined;
  following?: boolean;
  onClose: () => void;
  onSaved?: (meeting: Meeting) => void;
}

/** Plans a meeting, or changes one. */
export function MeetingEditor({ meeting, series, following = false, onClose, onSaved }: EditorProps) {
  const { t } = useWords();
  const id = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      title={t(meeting ? 'meeting.edit' : 'meeting.new')}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={id} isDisabled={busy}>
          {t(meeting ? 'meeting.save' : 'meetings.schedule')}
        </Button>
      }
    >
      <Form
        id={id}
        {...(meeting && { meeting })}
        series={series}
        following={following}
        busy={setBusy}
        onClose={onClose}
        {...(onSaved && { onSaved })}
      />
    </Dialog>
  );
}

function Form({
  id,
  meeting,
  series,
  following,
  busy,
  onClose,
  onSaved,
}: EditorProps & { id: string; busy: (now: boolean) => void }) {
  const { t } = useWords();
  const known = series ?? meeting;
  const [before] = useState(() => {
    if (series && meeting && following) return formFrom(series, meeting);
    return known ? formOf(known) : newForm(new Date());
  });
  const [form, setForm] = useState(before);
  const [faults, setFaults] = useState<FormFaults>({});
  const [refused, setRefused] = useState<WordKey>();
  const [open, setOpen] = useState(false);
  const fault = (field: keyof FormFaults) => {
    const word = faults[field];
    return word ? { error: t(word) } : {};
  };
  const hadPassword = known?.hasPassword === true;
  const sizes = [...new Set([...SIZES, Number(form.size)])].sort((a, b) => a - b);

  const save = async () => {
    const keeps = !known || (hadPassword && !open);
    if (series) {
      const changes = seriesChangesIn(form, before, keeps, series.recurrence.timezone);
      return (await changeSeries(series.id, changes, following ? meeting?.id : undefined)).next ?? meeting;
    }
    if (form.repeat.kind === 'never') return saveMeeting(meeting?.id, changesIn(form, keeps));
    return (await planSeries(seriesIn(form, keeps, ownPlace()))).next ?? undefined;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = checkForm(form);
    setFaults(found);
    setRefused(undefined);
    if (Object.keys(found).length > 0) return;
    busy(true);
    try {
      const saved = await save();
      onClose();
      if (saved) onSaved?.(saved);
    } catch (error) {
      const { field, word } = meetingFault(error);
      if (field) setFaults({ [field]: word });
      else setRefused(word);
      busy(false);
    }
  };

  return (
    <form id={id} className={style.form} onSubmit={submit} noValidate>
      <FormError word={refused} />
      <Field
        label={t('meeting.name')}
        autoFocus
        autoComplete="off"
        value={form.title}
        onChange={(title) => setForm({ ...form, title })}
        {...fault('title')}
      />
      <div className={style.times}>
        <Field
          label={t('meeting.start')}
          type="datetime-local"
          value={form.start}
          onChange={(start) => setForm(moveStart(form, start))}
          {...fault('start')}
        />
        <Field
          label={t('meeting.end')}
          type="datetime-local"
          value={form.end}
          onChange={(end) => setForm({ ...form, end })}
          {...fault('end')}
        />
      </div>
      {(series || !meeting) && (
        <RepeatFields
          repeat={form.repeat}
          start={new Date(form.start || Date.now())}
          always={series !== undefined}
          error={faults.repeat}
          onChange={(repeat) => setForm({ ...form, repeat })}
        />
      )}
      <Field
        label={t('meeting.description')}
        optional
        autoComplete="off"
        value={form.description}
        onChange={(description) => setForm({ ...form, description })}
      />
      <Field
        label={t('meeting.password')}
        optional
        type="password"
        autoComplete="new-password"
        hint={t(hadPassword && !open ? 'meeting.passwordKept' : 'meeting.passwordHint')}
        isDisabled={open}
        value={form.password}
        onChange={(password) => setForm({ ...form, password })}
      />
      {hadPassword && <Switch label={t('meeting.passwordRemove')} on={open} onChange={setOpen} />}
      <Select
        label={t('meeting.size')}
        value={form.size}
        choices={sizes.map((n) => ({ id: String(n), title: t('rooms.sizeOf', { count: n }) }))}
        onChange={(size) => setForm({ ...form, size })}
      />
      <ChoiceGroup
        label={t('meeting.kind')}
        value={form.type}
        choices={[
          { id: 'video', title: t('rooms.kindVideo') },
          { id: 'audio', title: t('rooms.kindAudio') },
        ]}
        onChange={(type) => setForm({ ...form, type: type === 'audio' ? 'audio' : 'video' })}
      />
      {(['guests', 'waitingRoom', 'muteOnJoin', 'chat', 'screenShare'] as const).map((setting) => (
        <Switch
          key={setting}
          label={t(`meeting.${setting}`)}
          {...(setting === 'waitingRoom' && { hint: t('meeting.waitingRoomHint') })}
          {...(setting === 'guests' && { hint: t('meeting.guestsHint') })}
          on={form.settings[setting]}
          onChange={(on) => setForm({ ...form, settings: { ...form.settings, [setting]: on } })}
        />
      ))}
    </form>
  );
}
