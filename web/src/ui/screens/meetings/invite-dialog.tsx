import { type FormEvent, useId, useState } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { problemOf } from '../../../state/errors.ts';
import { InvitedList, sendInvitations } from '../../../state/invitations.ts';
import { addressesIn, type Chosen, MOST_AT_ONCE, withChosen } from '../../../state/invite-form.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import { Field } from '../../field.tsx';
import { useStore } from '../../use-store.ts';
import { FormError } from '../account/form-error.tsx';
import style from './invite.module.css';
import { InviteChips } from './invite-chips.tsx';
import { InviteField } from './invite-field.tsx';
import { InvitedPeople } from './invite-list.tsx';

interface InviteDialogProps {
  meetingId: number;
  /** Uids of those who are in it already. */
  present: ReadonlySet<string>;
  onClose: () => void;
  /** Somebody was invited, or an invitation was taken back. */
  onChanged?: () => void;
}

const LONGEST_MESSAGE = 1000;

/** Asks people to a meeting by name or by address, and shows who has been asked. */
export function InviteDialog({ meetingId, present, onClose, onChanged }: InviteDialogProps) {
  const { t } = useWords();
  const form = useId();
  const [list] = useState(() => new InvitedList(meetingId));
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [typed, setTyped] = useState('');
  const [message, setMessage] = useState('');
  const [refused, setRefused] = useState<WordKey>();
  const [unknown, setUnknown] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const invited = useStore(list).data?.invitations ?? [];
  const { addresses, rest } = addressesIn(typed);
  const choose = (now: readonly Chosen[]) => {
    setChosen(now);
    setUnknown([]);
  };
  const add = (more: readonly Chosen[]) => {
    choose(withChosen(chosen, more));
    setTyped('');
  };
  const all = withChosen(chosen, addresses);
  const tooMany = all.length > MOST_AT_ONCE;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // What was typed last need not be closed by Enter.
    if (all.length === 0 || rest !== '' || tooMany) return;
    setBusy(true);
    setRefused(undefined);
    try {
      const nobody = await sendInvitations(meetingId, all, message);
      setUnknown(nobody);
      setChosen(all.filter(({ name }) => nobody.includes(name)));
      setTyped('');
      if (nobody.length === 0) setMessage('');
      onChanged?.();
      await list.read();
    } catch (error) {
      setRefused(problemOf(error).title);
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={t('invite.title')}
      open
      onClose={onClose}
      actions={
        <Button
          kind="primary"
          type="submit"
          form={form}
          isDisabled={busy || all.length === 0 || rest !== '' || tooMany}
        >
          {t('invite.send')}
        </Button>
      }
    >
      <form id={form} className={style.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormError word={refused} />
        <InviteField
          typed={typed}
          present={present}
          invited={new Set(invited.map(({ userId }) => userId))}
          chosen={chosen}
          onTyped={setTyped}
          onAdd={add}
          {...(tooMany && { error: t('invite.tooMany', { count: MOST_AT_ONCE }) })}
          {...(unknown.length > 0 && { error: t('invite.unknown', { names: unknown.join(', ') }) })}
        />
        <InviteChips
          chosen={chosen}
          onDrop={(names) => choose(chosen.filter(({ name }) => !names.has(name)))}
        />
        <Field
          label={t('invite.message')}
          optional
          rows={2}
          value={message}
          maxLength={LONGEST_MESSAGE}
          onChange={setMessage}
        />
      </form>
      <InvitedPeople list={list} {...(onChanged && { onChanged })} />
    </Dialog>
  );
}
