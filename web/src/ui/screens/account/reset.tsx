import { type FormEvent, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { passwordFault } from '../../../state/account-form.ts';
import { type Refused, reasonOf, refusedBy } from '../../../state/errors.ts';
import { go } from '../../../state/router.ts';
import { resetPassword } from '../../../state/session.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Link } from '../../link.tsx';
import { NewPassword } from '../../new-password.tsx';
import style from './account-frame.module.css';
import { AccountFrame } from './account-frame.tsx';
import { FormError } from './form-error.tsx';

/** The token of the mail's link, taken out of the address so that it stays in no history. */
function takeToken(): string {
  const token = new URLSearchParams(location.search).get('token') ?? '';
  if (token !== '') history.replaceState(null, '', location.pathname);
  return token;
}

/** A new password by the link of the mail. */
export function Reset() {
  const { t } = useWords();
  const [token] = useState(takeToken);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Refused | undefined>(
    token === '' ? { word: 'account.resetExpired' } : undefined,
  );
  const fault = tried ? passwordFault(password) : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (passwordFault(password)) return;
    setBusy(true);
    try {
      await resetPassword(token, password);
      toast('ok', 'account.resetDone');
      go('/login', { replace: true });
    } catch (error) {
      const expired = reasonOf(error) === 'unauthenticated';
      setFailure(expired ? { word: 'account.resetExpired' } : refusedBy(error));
      setBusy(false);
    }
  };

  return (
    <AccountFrame title={t('account.resetTitle')}>
      <form className={style.form} onSubmit={submit} noValidate>
        <FormError word={failure?.word} wait={failure?.wait} />
        {token !== '' && (
          <>
            <NewPassword
              label={t('account.newPassword')}
              value={password}
              onChange={setPassword}
              autoFocus
              {...(fault && { error: t(fault) })}
            />
            <Button kind="primary" type="submit" wide isDisabled={busy}>
              {t('account.savePassword')}
            </Button>
          </>
        )}
      </form>
      <p className={style.other}>
        <Link href="/forgot-password">{t('account.forgot')}</Link>
      </p>
    </AccountFrame>
  );
}
