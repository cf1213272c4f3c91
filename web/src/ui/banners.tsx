import { type ReactNode, useEffect, useState } from 'react';
import type { WordKey } from '../i18n/index.ts';
import { useWords } from '../i18n/use-words.ts';
import { isLive } from '../state/call-view.ts';
import { connection, online, restarting } from '../state/connection.ts';
import { current } from '../state/phone.ts';
import { go } from '../state/router.ts';
import { session } from '../state/session.ts';
import { soundBlocked, unblock } from '../state/tones.ts';
import style from './banners.module.css';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';
import { useStore } from './use-store.ts';

/** A blink of the connection is nobody's business: it is told after this long. */
const LOST_MS = 2000;

const canCall = typeof RTCPeerConnection !== 'undefined';

/** What holds for the whole app: no network, no server, session over, sound blocked. */
export function Banners() {
  const { t } = useWords();
  const isOnline = useStore(online);
  const state = useStore(connection);
  const restarts = useStore(restarting);
  const now = useStore(session);
  const call = useStore(current);
  const blocked = useStore(soundBlocked);
  const lost = useAfter(state !== 'open' && now.status === 'in', LOST_MS);
  return (
    <div className={style.banners} role="status">
      {!canCall && <Banner icon="warn" tone="danger" words={t('error.oldBrowser')} />}
      {!isOnline && <Banner icon="offline" tone="warn" words={t('net.offline')} />}
      {isOnline && lost && (
        <Banner icon="offline" tone="warn" words={t(restarts ? 'net.restarting' : lostWord(state))} />
      )}
      {now.status === 'out' && now.expired && isLive(call) && (
        <Banner icon="warn" tone="danger" words={t('account.expiredCall')}>
          <Button kind="plain" onPress={() => go('/login')}>
            {t('account.signIn')}
          </Button>
        </Banner>
      )}
      {blocked && (
        <button type="button" className={style.chip} onClick={() => void unblock()}>
          <Icon name="bell" size={20} />
          {t('call.soundOff')}
        </button>
      )}
    </div>
  );
}

function lostWord(state: string): WordKey {
  return state === 'closed' ? 'net.closed' : state === 'connecting' ? 'net.connecting' : 'net.reconnecting';
}

interface BannerProps {
  icon: IconName;
  tone: 'warn' | 'danger' | 'info';
  words: string;
  children?: ReactNode;
}

/** One line over the page. */
export function Banner({ icon, tone, words, children }: BannerProps) {
  return (
    <div className={classes(style.banner, style[tone])}>
      <Icon name={icon} size={20} />
      <span className={style.words}>{words}</span>
      {children}
    </div>
  );
}

/** True once `on` has been true for `ms`. */
export function useAfter(on: boolean, ms: number): boolean {
  const [past, setPast] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setPast(true), ms);
    return () => {
      clearTimeout(timer);
      setPast(false);
    };
  }, [on, ms]);
  return on && past;
}
