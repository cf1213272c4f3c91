import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { session, signOut } from '../../../state/session.ts';
import { Button } from '../../button.tsx';
import { Confirm } from '../../dialog.tsx';
import { useStore } from '../../use-store.ts';
import { type Section, SectionPages } from '../section-pages.tsx';
import { DeviceSettings } from './device-settings.tsx';
import { KeySettings } from './key-settings.tsx';
import { LanguageSettings } from './language-settings.tsx';
import { LookSettings } from './look-settings.tsx';
import { PasswordSettings } from './password-settings.tsx';
import { ProfileSettings } from './profile-settings.tsx';
import { RingSettings } from './ring-settings.tsx';
import style from './settings.module.css';
import { SignIns } from './sign-ins.tsx';

const sections: readonly Section[] = [
  { id: 'profile', word: 'settings.profile', icon: 'person', body: () => <ProfileSettings /> },
  { id: 'password', word: 'settings.password', icon: 'key', body: () => <PasswordSettings /> },
  { id: 'devices', word: 'settings.devices', icon: 'mic', body: () => <DeviceSettings /> },
  { id: 'ringing', word: 'settings.ringing', icon: 'bell', body: () => <RingSettings /> },
  { id: 'language', word: 'settings.language', icon: 'globe', body: () => <LanguageSettings /> },
  { id: 'appearance', word: 'settings.look', icon: 'look', body: () => <LookSettings /> },
  { id: 'keys', word: 'settings.keys', icon: 'keyboard', body: () => <KeySettings /> },
  { id: 'sign-ins', word: 'settings.signIns', icon: 'laptop', body: () => <SignIns /> },
];

/** One's own settings. Everything is saved at once. */
export function Settings({ section }: { section: string | undefined }) {
  const { t } = useWords();
  const [leaving, setLeaving] = useState(false);
  const now = useStore(session);
  const admin = now.status === 'in' && now.profile?.admin === true;
  return (
    <>
      <SectionPages
        title={t('settings.title')}
        base="/settings"
        sections={sections.map((one) => ({
          ...one,
          body: () => <div className={style.body}>{one.body()}</div>,
        }))}
        section={section}
        {...(admin && { elsewhere: { href: '/admin', word: 'nav.admin', icon: 'key' } })}
        foot={
          <Button kind="danger" icon="signOut" wide onPress={() => setLeaving(true)}>
            {t('account.signOut')}
          </Button>
        }
      />
      <Confirm
        open={leaving}
        onClose={() => setLeaving(false)}
        title={t('settings.signOutTitle')}
        body={t('settings.signOutBody')}
        action={t('account.signOut')}
        onConfirm={signOut}
      />
    </>
  );
}
