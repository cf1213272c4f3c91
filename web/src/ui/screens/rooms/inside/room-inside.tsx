import {
  RoomAudioRenderer,
  RoomContext,
  useAudioPlayback,
  useRemoteParticipants,
} from '@livekit/components-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { keysShown, panel, reacting, toggleRoomDevice } from '../../../../state/in-room.ts';
import { roomAddress } from '../../../../state/room-name.ts';
import type { Visit } from '../../../../state/room-visit.ts';
import { Banners } from '../../../banners.tsx';
import { Button } from '../../../button.tsx';
import { classes } from '../../../classes.ts';
import { Dialog } from '../../../dialog.tsx';
import { Ground } from '../../../ground.ts';
import { useStore } from '../../../use-store.ts';
import { Duration } from '../../call/duration.tsx';
import { MediaFaults } from '../../call/media-faults.tsx';
import { useSilentMic } from '../../call/use-silent-mic.ts';
import { KeySettings } from '../../settings/key-settings.tsx';
import { ChatPanel } from './chat-panel.tsx';
import { CopyLink, InfoPanel } from './info-panel.tsx';
import { LinkNotice } from './link-notice.tsx';
import { OwnQuality } from './own-quality.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { PanelButtons, RoomBar } from './room-bar.tsx';
import style from './room-inside.module.css';
import { RoomStage } from './room-stage.tsx';
import { useChatLog } from './use-chat-log.ts';
import { useOwnStream } from './use-own-stream.ts';
import { useReactions } from './use-reactions.ts';
import { useRoomNews } from './use-room-news.ts';

export type Inside = Extract<Visit, { phase: 'inside' }>;

/** The room: everybody's pictures, the controls, and what lies beside them. */
export function RoomInside({ visit }: { visit: Inside }) {
  return (
    <RoomContext.Provider value={visit.media.room}>
      <Ground value="dark">
        <Screen visit={visit} />
      </Ground>
      <RoomAudioRenderer />
    </RoomContext.Provider>
  );
}

function Screen({ visit }: { visit: Inside }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const { media, name } = visit;
  const open = useStore(panel);
  const keys = useStore(keysShown);
  const others = useRemoteParticipants({ updateOnlyOn: [] });
  const { canPlayAudio, startAudio } = useAudioPlayback();
  const { mic } = useStore(media.own);
  const link = useStore(media.link);
  const chat = useChatLog();
  const reactions = useReactions();
  useRoomNews(visit);
  useSilentMic(useOwnStream(), mic);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    return () => {
      panel.set(undefined);
      reacting.set(false);
      keysShown.set(false);
    };
  }, []);
  useEscape();

  return (
    <div
      className={classes(style.screen, open && style.opened)}
      data-theme="dark"
      data-link={link}
      data-testid="room"
    >
      <header className={style.top}>
        <div className={style.titles}>
          <h1 ref={heading} tabIndex={-1} className={style.title}>
            {name}
          </h1>
          <p className={style.time}>
            <Duration since={visit.since} />
          </p>
        </div>
        <OwnQuality />
        <span className={style.topPanels}>
          <PanelButtons unread={chat.unread} />
        </span>
      </header>
      <div className={style.notices}>
        <Banners />
        <LinkNotice link={link} />
        <MediaFaults retry={(device) => void toggleRoomDevice(device)} />
        {!canPlayAudio && (
          <Button kind="primary" icon="speaker" onPress={() => void startAudio()}>
            {t('call.audioBlocked')}
          </Button>
        )}
      </div>
      <main id="main" className={style.body} data-region="stage" tabIndex={-1}>
        <RoomStage lost={link === 'media'} reactions={reactions} />
        {others.length === 0 && link === 'good' && (
          <div className={style.alone}>
            <p>
              <strong>{t('room.alone')}</strong>
              <span>{t('room.aloneCure')}</span>
            </p>
            <CopyLink address={location.origin + roomAddress(name)} />
          </div>
        )}
      </main>
      <footer className={style.foot}>
        <RoomBar visit={visit} unread={chat.unread} />
      </footer>
      {open === 'people' && <PeoplePanel visit={visit} />}
      {open === 'chat' && <ChatPanel log={chat} />}
      {open === 'info' && <InfoPanel visit={visit} />}
      <Dialog title={t('settings.keys')} open={keys} onClose={() => keysShown.set(false)}>
        <KeySettings />
      </Dialog>
    </div>
  );
}

/** Esc closes the panel when nothing lies over it; it never leaves the room. */
function useEscape(): void {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      const covered = document.querySelector(
        '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]',
      );
      if (event.key === 'Escape' && !event.isComposing && !covered) panel.set(undefined);
    };
    // Before a tooltip takes the key for itself.
    window.addEventListener('keydown', close, { capture: true });
    return () => window.removeEventListener('keydown', close, { capture: true });
  }, []);
}
