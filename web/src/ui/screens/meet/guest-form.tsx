import { type FormEvent, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { sayNow } from '../../../state/announcer.ts';
import { type Refused, reasonOf } from '../../../state/errors.ts';
import { comeIn, type GuestFaults, guestFaults, signInFor } from '../../../state/guest.ts';
import { meetingAddress } from '../../../state/meeting-link.ts';
import type { GuestDoor } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Field } from '../../field.tsx';
import { Icon } from '../../icons.tsx';
import style from '../account/account-frame.module.css';
import { FormError } from '../account/form-error.tsx';

interface GuestFormProps {
  door: GuestDoor;
  /** The meeting is not what it was: it is looked at again. */
  onChanged: () => void;
}

/** The name that others will see, and the password where there is one. */
export function GuestForm({ door, onChanged }: GuestFormProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<GuestFaults>({});
  const [failure, setFailure] = useState<Refused>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found: GuestFaults = {
      ...(name.trim() === '' && { name: 'guest.badName' }),
      ...(door.hasPassword && password === '' && { password: 'meet.needPassword' }),
    };
    setFaults(found);
    setFailure(undefined);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await comeIn(door.id, name.trim(), door.hasPassword ? password : '');
    } catch (error) {
      setBusy(false);
      if (reasonOf(error) === 'not_found') return onChanged();
      const { form, ...fields } = guestFaults(error);
      setFaults(fields);
      if (fields.password) sayNow(fields.password);
      setFailure(form);
    }
  };
  return (
    <>
      <form className={style.form} onSubmit={submit} noValidate>
        {door.locked && !failure && (
          <p className={style.note} role="status">
            <Icon name="key" size={20} />
            {t('guest.locked')}
          </p>
        )}
        <FormError word={failure?.word} wait={failure?.wait} />
        <Field
          label={t('guest.name')}
          name="nickname"
          autoComplete="name"
          autoFocus
          hint={t('guest.nameHint')}
          value={name}
          onChange={setName}
          {...(faults.name && { error: t(faults.name) })}
        />
        {door.hasPassword && (
          <Field
            label={t('meeting.password')}
            type="password"
            autoComplete="off"
            value={password}
            onChange={setPassword}
            {...(faults.password && { error: t(faults.password) })}
          />
        )}
        <Button kind="primary" type="submit" wide isDisabled={busy}>
          {t(busy ? 'guest.joining' : 'guest.join')}
        </Button>
      </form>
      <div className={style.other}>
        {t('guest.have')}
        <Button kind="plain" onPress={() => signInFor(meetingAddress(door.id))}>
          {t('guest.signIn')}
        </Button>
      </div>
    </>
  );
}
