import { type FormEvent, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { passwordFault } from '../../../state/account-form.ts';
import { detailOf, type Refused, refusedBy } from '../../../state/errors.ts';
import { changePassword, deleteAccount, session } from '../../../state/session.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import { Field } from '../../field.tsx';
import { NewPassword } from '../../new-password.tsx';
import { useStore } from '../../use-store.ts';
import { FormError } from '../account/form-error.tsx';
import style from './settings.module.css';

const WRONG_PASSWORD = 1004;
const isWrong = (error: unknown) => detailOf(error, 'code') === WRONG_PASSWORD;

/** A new password, and the end of the account. */
export function PasswordSettings() {
  const { t } = useWords();
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <ChangeForm />
      <div className={style.group}>
        <Button kind="danger" icon="trash" onPress={() => setLeaving(true)}>
          {t('settings.delete')}
        </Button>
      </div>
      {leaving && <DeleteAccount onClose={() => setLeaving(false)} />}
    </>
  );
}

function ChangeForm() {
  const { t } = useWords();
  const now = useStore(session);
  const name = now.status === 'in' ? (now.profile?.username ?? '') : '';
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Refused>();
  const fault = tried ? passwordFault(next) : undefined;
  const oldFault = wrong ? 'account.wrongOld' : tried && old === '' ? 'account.needPassword' : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (old === '' || passwordFault(next)) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await changePassword(old, next);
      setOld('');
      setNext('');
      setTried(false);
      toast('ok', 'settings.passwordChanged');
    } catch (error) {
      if (isWrong(error)) setWrong(true);
      else setFailure(refusedBy(error));
    }
    setBusy(false);
  };

  return (
    <form className={style.form} onSubmit={submit} noValidate>
      <FormError word={failure?.word} wait={failure?.wait} />
      <Field
        label={t('account.oldPassword')}
        type="password"
        autoComplete="current-password"
        value={old}
        onChange={(value) => {
          setOld(value);
          setWrong(false);
        }}
        {...(oldFault && { error: t(oldFault) })}
      />
      <NewPassword
        label={t('account.newPassword')}
        value={next}
        onChange={setNext}
        name={name}
        {...(fault && { error: t(fault) })}
      />
      <p className={style.hint}>{t('settings.passwordHint')}</p>
      <Button kind="primary" type="submit" isDisabled={busy}>
        {t('account.savePassword')}
      </Button>
    </form>
  );
}

/** Asks for the password, for this cannot be taken back. */
function DeleteAccount({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<Refused>();
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await deleteAccount(password);
    } catch (error) {
      setFailure(isWrong(error) ? { word: 'account.wrongOld' } : refusedBy(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      role="alertdialog"
      title={t('settings.deleteTitle')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="danger" isDisabled={busy || password === ''} onPress={() => void remove()}>
            {t('settings.delete')}
          </Button>
        </>
      }
    >
      <p>{t('settings.deleteBody')}</p>
      <FormError word={failure?.word} wait={failure?.wait} />
      <Field
        label={t('account.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
    </Dialog>
  );
}
