import { type ReactNode, useState } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { session, signOut } from '../../../state/session.ts';
import { Button } from '../../button.tsx';
import { Card } from '../../card.tsx';
import { classes } from '../../classes.ts';
import { Confirm } from '../../dialog.tsx';
import { Icon, type IconName } from '../../icons.tsx';
import { Link } from '../../link.tsx';
import { useStore } from '../../use-store.ts';
import { Page } from '../page.tsx';
import { Pair } from '../pair.tsx';
import { DeviceSettings } from './device-settings.tsx';
import { KeySettings } from './key-settings.tsx';
import { LanguageSettings } from './language-settings.tsx';
import { LookSettings } from './look-settings.tsx';
import { PasswordSettings } from './password-settings.tsx';
import { ProfileSettings } from './profile-settings.tsx';
import { RingSettings } from './ring-settings.tsx';
import style from './settings.module.css';
import { SignIns } from './sign-ins.tsx';

interface Section {
  id: string;
  word: WordKey;
  icon: IconName;
  body: () => ReactNode;
}

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

/** Sections beside the open one; one of the two on narrow screens. Everything is saved at once. */
export function Settings({ section }: { section: string | undefined }) {
  const { t } = useWords();
  const [leaving, setLeaving] = useState(false);
  const now = useStore(session);
  const admin = now.status === 'in' && now.profile?.admin === true;
  const chosen = sections.find((s) => s.id === section);
  const shown = chosen ?? sections[0];
  return (
    <Page wide title={t('settings.title')} {...(chosen ? { back: { to: '/settings', narrow: true } } : {})}>
      <Pair
        opened={chosen !== undefined}
        list={
          <nav className={style.list} aria-label={t('settings.title')}>
            <Card>
              <ul>
                {sections.map((s) => (
                  <li key={s.id}>
                    <Link
                      href={`/settings/${s.id}`}
                      className={classes(style.item, s === shown && style.here)}
                      aria-current={s === chosen ? 'page' : undefined}
                    >
                      <Icon name={s.icon} />
                      <span className={style.word}>{t(s.word)}</span>
                      <Icon name="forward" size={18} />
                    </Link>
                  </li>
                ))}
                {admin && (
                  <li>
                    <Link href="/admin" className={style.item}>
                      <Icon name="key" />
                      <span className={style.word}>{t('nav.admin')}</span>
                      <Icon name="forward" size={18} />
                    </Link>
                  </li>
                )}
              </ul>
            </Card>
            <Button kind="danger" icon="signOut" wide onPress={() => setLeaving(true)}>
              {t('account.signOut')}
            </Button>
          </nav>
        }
        detail={
          shown && (
            <Card title={t(shown.word)}>
              <div className={style.body}>{shown.body()}</div>
            </Card>
          )
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
    </Page>
  );
}
