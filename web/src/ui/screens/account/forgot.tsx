import { type FormEvent, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { isEmail } from '../../../state/account-form.ts';
import { type Refused, refusedBy } from '../../../state/errors.ts';
import { forgotPassword } from '../../../state/session.ts';
import { Button } from '../../button.tsx';
import { Field } from '../../field.tsx';
import { Icon } from '../../icons.tsx';
import { Link } from '../../link.tsx';
import style from './account-frame.module.css';
import { AccountFrame } from './account-frame.tsx';
import { FormError } from './form-error.tsx';

/** Asking for a link to a new password. It never says whether anybody has the address. */
export function Forgot() {
  const { t } = useWords();
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Refused>();
  const bad = !isEmail(email.trim());

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (bad) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await forgotPassword(email.trim());
      setSent(true);
    } catch (error) {
      setFailure(refusedBy(error));
    }
    setBusy(false);
  };

  return (
    <AccountFrame title={t('account.forgotTitle')}>
      {sent ? (
        <p className={style.note} role="status">
          <Icon name="check" size={20} />
          {t('account.linkSent')}
        </p>
      ) : (
        <form className={style.form} onSubmit={submit} noValidate>
          <p>{t('account.forgotHint')}</p>
          <FormError word={failure?.word} wait={failure?.wait} />
          <Field
            label={t('account.email')}
            name="email"
            type="email"
            autoComplete="email"
            autoFocus
            value={email}
            onChange={setEmail}
            {...(tried && bad && { error: t('account.badEmail') })}
          />
          <Button kind="primary" type="submit" wide isDisabled={busy}>
            {t('account.sendLink')}
          </Button>
        </form>
      )}
      <p className={style.other}>
        <Link href="/login">{t('account.signIn')}</Link>
      </p>
    </AccountFrame>
  );
}
