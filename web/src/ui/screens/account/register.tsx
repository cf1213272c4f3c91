import { type FormEvent, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import {
  type AccountFaults,
  type AccountForm,
  checkAccount,
  refusalOf,
} from '../../../state/account-form.ts';
import { register } from '../../../state/session.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Field } from '../../field.tsx';
import { Icon } from '../../icons.tsx';
import { Link } from '../../link.tsx';
import { NewPassword } from '../../new-password.tsx';
import style from './account-frame.module.css';
import { AccountFrame } from './account-frame.tsx';
import { FormError } from './form-error.tsx';

/** Making an account. The first one on a server is told what it will be. */
export function Register() {
  const { t } = useWords();
  const [form, setForm] = useState<AccountForm>({ username: '', nickname: '', email: '', password: '' });
  const [faults, setFaults] = useState<AccountFaults>({});
  const [busy, setBusy] = useState(false);
  const set = (key: keyof AccountForm) => (value: string) => {
    setForm((now) => ({ ...now, [key]: value }));
    setFaults(({ [key]: _gone, ...rest }) => rest);
  };
  const fault = (key: keyof AccountForm) => {
    const word = faults[key];
    return word ? { error: t(word) } : {};
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = checkAccount(form);
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const nickname = form.nickname.trim();
      const email = form.email.trim();
      const { admin } = await register({
        username: form.username.trim(),
        password: form.password,
        ...(nickname ? { nickname } : {}),
        ...(email ? { email } : {}),
      });
      if (admin) toast('ok', 'account.firstDone');
    } catch (error) {
      setFaults(refusalOf(error));
      setBusy(false);
    }
  };

  return (
    <AccountFrame title={t('account.registerTitle')}>
      <form className={style.form} onSubmit={submit} noValidate>
        <p className={style.note}>
          <Icon name="info" size={20} />
          {t('account.firstHint')}
        </p>
        <FormError word={faults.form} />
        <Field
          label={t('account.username')}
          hint={t('account.usernameHint')}
          name="username"
          autoComplete="username"
          autoFocus
          value={form.username}
          onChange={set('username')}
          {...fault('username')}
        />
        <Field
          label={t('account.nickname')}
          hint={t('account.nicknameHint')}
          name="nickname"
          autoComplete="nickname"
          optional
          value={form.nickname}
          onChange={set('nickname')}
          {...fault('nickname')}
        />
        <Field
          label={t('account.email')}
          name="email"
          type="email"
          autoComplete="email"
          optional
          value={form.email}
          onChange={set('email')}
          {...fault('email')}
        />
        <NewPassword
          label={t('account.password')}
          name={form.username}
          value={form.password}
          onChange={set('password')}
          {...fault('password')}
        />
        <Button kind="primary" type="submit" wide isDisabled={busy}>
          {t('account.register')}
        </Button>
      </form>
      <p className={style.other}>
        {t('account.haveAccount')}
        <Link href="/login">{t('account.signIn')}</Link>
      </p>
    </AccountFrame>
  );
}
