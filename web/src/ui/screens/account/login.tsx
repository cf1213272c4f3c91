import { type FormEvent, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { type Refused, reasonOf, refusedBy } from '../../../state/errors.ts';
import { session, signIn } from '../../../state/session.ts';
import { Button } from '../../button.tsx';
import { Field } from '../../field.tsx';
import { Icon } from '../../icons.tsx';
import { Link } from '../../link.tsx';
import { useStore } from '../../use-store.ts';
import style from './account-frame.module.css';
import { AccountFrame } from './account-frame.tsx';
import { FormError } from './form-error.tsx';

/** Signing in. */
export function Login() {
  const { t } = useWords();
  const now = useStore(session);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Refused>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (username.trim() === '' || password === '') return;
    setBusy(true);
    setFailure(undefined);
    try {
      await signIn(username.trim(), password);
    } catch (error) {
      setFailure(wordOf(error));
      setBusy(false);
    }
  };

  return (
    <AccountFrame title={t('account.signInTo')}>
      <form className={style.form} onSubmit={submit} noValidate>
        {now.status === 'out' && now.expired && !failure && (
          <p className={style.note} role="status">
            <Icon name="info" size={20} />
            {t('account.expired')}
          </p>
        )}
        <FormError word={failure?.word} wait={failure?.wait} />
        <Field
          label={t('account.username')}
          name="username"
          autoComplete="username"
          autoFocus
          value={username}
          onChange={setUsername}
          {...(tried && username.trim() === '' ? { error: t('account.needUsername') } : {})}
        />
        <Field
          label={t('account.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          {...(tried && password === '' ? { error: t('account.needPassword') } : {})}
        />
        <Button kind="primary" type="submit" wide isDisabled={busy}>
          {t('account.signIn')}
        </Button>
      </form>
      <p className={style.other}>
        <Link href="/forgot-password">{t('account.forgot')}</Link>
      </p>
      <p className={style.other}>
        {t('account.noAccount')}
        <Link href="/register">{t('account.register')}</Link>
      </p>
    </AccountFrame>
  );
}

function wordOf(error: unknown): Refused {
  const reason = reasonOf(error);
  if (reason === 'unauthenticated') return { word: 'account.wrong' };
  return reason === 'forbidden' ? { word: 'error.banned' } : refusedBy(error);
}
