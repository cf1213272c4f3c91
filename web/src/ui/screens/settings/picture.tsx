import { useRef } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { detailOf, problemOf } from '../../../state/errors.ts';
import { type Profile, saveProfile, uploadPicture } from '../../../state/session.ts';
import { toast } from '../../../state/toasts.ts';
import { Avatar } from '../../avatar.tsx';
import { Button } from '../../button.tsx';
import style from './settings.module.css';

const TYPES = ['image/png', 'image/jpeg', 'image/webp'];
const LARGEST = 5 * 1024 * 1024;

/** One's picture: a file of one's own, or none. */
export function Picture({ profile }: { profile: Profile }) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);

  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > LARGEST) return toast('danger', 'settings.pictureLarge');
    if (!TYPES.includes(file.type)) return toast('danger', 'settings.pictureBad');
    try {
      await uploadPicture(file);
      toast('ok', 'common.saved');
    } catch (error) {
      const status = Number(detailOf(error, 'status'));
      if (status === 413) toast('danger', 'settings.pictureLarge');
      else if (status === 400) toast('danger', 'settings.pictureBad');
      else toast('danger', problemOf(error).title);
    }
  };
  const drop = () =>
    saveProfile({ avatarUrl: '' }).then(
      () => toast('ok', 'common.saved'),
      (error: unknown) => toast('danger', problemOf(error).title),
    );

  return (
    <div className={style.picture}>
      <Avatar name={profile.name} url={profile.avatarUrl} size={64} />
      <input
        ref={input}
        type="file"
        hidden
        accept={TYPES.join()}
        aria-label={t('settings.pictureFor')}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // The same file again is a change again.
          event.target.value = '';
        }}
      />
      <div className={style.pictureActions}>
        <Button icon="person" onPress={() => input.current?.click()}>
          {t('settings.picture')}
        </Button>
        {profile.avatarUrl && (
          <Button kind="plain" icon="trash" onPress={() => void drop()}>
            {t('settings.pictureRemove')}
          </Button>
        )}
        <span className={style.hint}>{t('settings.pictureHint')}</span>
      </div>
    </div>
  );
}
