import { type FormEvent, useId, useState } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { problemOf } from '../../../state/errors.ts';
import {
  checkPoll,
  LEAST_OPTIONS,
  MOST_OPTIONS,
  newPollForm,
  type PollFaults,
  pollFormOf,
  pollIn,
  withOption,
  withoutOption,
  writeOption,
} from '../../../state/poll-form.ts';
import { savePoll } from '../../../state/polls.ts';
import type { Poll } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import { Field } from '../../field.tsx';
import { IconButton } from '../../icon-button.tsx';
import { Switch } from '../../switch.tsx';
import { FormError } from '../account/form-error.tsx';
import style from './poll.module.css';

interface PollEditorProps {
  meetingId: number;
  /** Absent: a new one. */
  draft?: Poll;
  onClose: () => void;
  onSaved: () => void;
}

/** Writes a poll, to be asked at once or later. */
export function PollEditor({ meetingId, draft, onClose, onSaved }: PollEditorProps) {
  const { t } = useWords();
  const id = useId();
  const [form, setForm] = useState(() => (draft ? pollFormOf(draft) : newPollForm()));
  const [faults, setFaults] = useState<PollFaults>();
  const [refused, setRefused] = useState<WordKey>();
  const [busy, setBusy] = useState(false);
  const save = async (ask: boolean) => {
    const found = checkPoll(form);
    setFaults(found);
    setRefused(undefined);
    if (found) return;
    setBusy(true);
    try {
      await savePoll(meetingId, draft, pollIn(form), ask);
      onClose();
    } catch (error) {
      setRefused(problemOf(error).title);
      setBusy(false);
    }
    // It may have been kept, though it could not be asked.
    onSaved();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(true);
  };
  const fault = (word: WordKey | undefined) => (word ? { error: t(word) } : {});
  return (
    <Dialog
      title={t(draft ? 'poll.edit' : 'poll.new')}
      open
      onClose={onClose}
      actions={
        <>
          <Button isDisabled={busy} onPress={() => void save(false)}>
            {t('poll.keep')}
          </Button>
          <Button kind="primary" type="submit" form={id} isDisabled={busy}>
            {t('poll.ask')}
          </Button>
        </>
      }
    >
      <form id={id} className={style.form} onSubmit={submit} noValidate>
        <FormError word={refused} />
        <Field
          label={t('poll.question')}
          autoFocus
          autoComplete="off"
          value={form.question}
          onChange={(question) => setForm({ ...form, question })}
          {...fault(faults?.question)}
        />
        {form.options.map(({ key, text }, index) => (
          <div key={key} className={style.option}>
            <Field
              label={t('poll.option', { n: index + 1 })}
              autoComplete="off"
              value={text}
              onChange={(now) => setForm(writeOption(form, key, now))}
              {...fault(faults?.options.get(key))}
            />
            {form.options.length > LEAST_OPTIONS && (
              <IconButton
                icon="close"
                label={t('poll.removeOption', { n: index + 1 })}
                onPress={() => setForm(withoutOption(form, key))}
              />
            )}
          </div>
        ))}
        {form.options.length < MOST_OPTIONS && (
          <Button icon="plus" onPress={() => setForm(withOption(form))}>
            {t('poll.addOption')}
          </Button>
        )}
        <Switch
          label={t('poll.multiple')}
          hint={t('poll.multipleHint')}
          on={form.multiple}
          onChange={(multiple) => setForm({ ...form, multiple })}
        />
        <Switch
          label={t('poll.anonymous')}
          hint={t('poll.anonymousHint')}
          on={form.anonymous}
          onChange={(anonymous) => setForm({ ...form, anonymous })}
        />
        <Switch
          label={t('poll.hidden')}
          on={form.hidden}
          onChange={(hidden) => setForm({ ...form, hidden })}
        />
      </form>
    </Dialog>
  );
}
