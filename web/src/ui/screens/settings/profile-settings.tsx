import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { refusalOf } from '../../../state/account-form.ts';
import { loadProfile, type Profile, saveProfile, session } from '../../../state/session.ts';
import { toast } from '../../../state/toasts.ts';
import { Avatar } from '../../avatar.tsx';
import { Failed } from '../../failed.tsx';
import { Field } from '../../field.tsx';
import { Skeleton } from '../../skeleton.tsx';
import { useStore } from '../../use-store.ts';
import style from './settings.module.css';

/** One's own name, address and picture. A field is saved when it is left. */
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
  const [avatarUrl, setAvatarUrl] = useState(profile.avatarUrl ?? '');
  const [wrong, setWrong] = useState<{ name?: string; email?: string; avatarUrl?: string }>({});

  const save = async (field: 'name' | 'email' | 'avatarUrl', value: string, before: string) => {
    const text = value.trim();
    if (text === before) return setWrong(({ [field]: _gone, ...rest }) => rest);
    if (field === 'avatarUrl' && text !== '' && !/^https:\/\/\S+$/.test(text)) {
      return setWrong((w) => ({ ...w, avatarUrl: t('settings.badAvatar') }));
    }
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
        <Avatar name={profile.name} url={profile.avatarUrl} size={64} />
        <div className={style.whoWords}>
          <strong>{profile.name}</strong>
          <span className={style.hint}>{profile.username}</span>
          {profile.admin && <span className={style.tag}>{t('settings.admin')}</span>}
        </div>
      </div>
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
        <Field
          label={t('settings.avatar')}
          hint={t('settings.avatarHint')}
          type="url"
          value={avatarUrl}
          onChange={setAvatarUrl}
          onBlur={() => void save('avatarUrl', avatarUrl, profile.avatarUrl ?? '')}
          {...(wrong.avatarUrl ? { error: wrong.avatarUrl } : {})}
        />
      </div>
      <p className={style.hint}>{t('settings.autosave')}</p>
    </>
  );
}
