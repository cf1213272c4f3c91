import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { refusalOf } from '../../../state/account-form.ts';
import { loadProfile, type Profile, saveProfile, session } from '../../../state/session.ts';
import { toast } from '../../../state/toasts.ts';
import { Failed } from '../../failed.tsx';
import { Field } from '../../field.tsx';
import { Skeleton } from '../../skeleton.tsx';
import { useStore } from '../../use-store.ts';
import { Picture } from './picture.tsx';
import style from './settings.module.css';

/** One's own picture, name and address. A field is saved when it is left. */
export function ProfileSettings() {
  const now = useStore(session);
  const [error, setError] = useState<unknown>();
  if (now.status === 'out') return null;
  if (now.profile) return <ProfileForm profile={now.profile} />;
  if (error) return <Failed error={error} onRetry={() => void retry(setError)} />;
  return <Skeleton rows={2} />;
}

async function retry(tell: (error: unknown) => void): Promise<void> {
  tell(undefined);
  try {
    await loadProfile();
  } catch (error) {
    tell(error);
  }
}

function ProfileForm({ profile }: { profile: Profile }) {
  const { t } = useWords();
  const [name, setName] = useState(profile.name);
  const [email, setEmail] = useState(profile.email);
  const [wrong, setWrong] = useState<{ name?: string; email?: string }>({});

  const save = async (field: 'name' | 'email', value: string, before: string) => {
    const text = value.trim();
    if (text === before) return setWrong(({ [field]: _gone, ...rest }) => rest);
    try {
      await saveProfile({ [field]: text });
      setWrong(({ [field]: _gone, ...rest }) => rest);
      toast('ok', 'common.saved');
    } catch (error) {
      const faults = refusalOf(error);
      const word = faults.email ?? faults.form ?? 'error.invalid';
      setWrong((w) => ({ ...w, [field]: t(word) }));
    }
  };

  return (
    <>
      <div className={style.who}>
        <div className={style.whoWords}>
          <strong>{profile.name}</strong>
          <span className={style.hint}>{profile.username}</span>
          {profile.admin && <span className={style.tag}>{t('settings.admin')}</span>}
        </div>
      </div>
      <Picture profile={profile} />
      <div className={style.form}>
        <Field
          label={t('account.nickname')}
          hint={t('account.nicknameHint')}
          maxLength={64}
          value={name}
          onChange={setName}
          onBlur={() => void save('name', name, profile.name)}
          {...(wrong.name ? { error: wrong.name } : {})}
        />
        <Field
          label={t('account.email')}
          type="email"
          value={email}
          onChange={setEmail}
          onBlur={() => void save('email', email, profile.email)}
          {...(wrong.email ? { error: wrong.email } : {})}
        />
      </div>
      <p className={style.hint}>{t('settings.autosave')}</p>
    </>
  );
}
