import { RoomAudioRenderer, RoomContext, useAudioPlayback } from '@livekit/components-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { keysShown, panel, reacting, toggleRoomDevice } from '../../../../state/in-room.ts';
import type { Inside } from '../../../../state/visit.ts';
import { Banners } from '../../../banners.tsx';
import { Button } from '../../../button.tsx';
import { classes } from '../../../classes.ts';
import { Dialog } from '../../../dialog.tsx';
import { Ground } from '../../../ground.ts';
import type { MenuEntry } from '../../../menu.tsx';
import { useStore } from '../../../use-store.ts';
import { Duration } from '../../call/duration.tsx';
import { MediaFaults } from '../../call/media-faults.tsx';
import { useSilentMic } from '../../call/use-silent-mic.ts';
import { KeySettings } from '../../settings/key-settings.tsx';
import { ChatPanel } from './chat-panel.tsx';
import { CopyLink } from './info-panel.tsx';
import { LinkNotice } from './link-notice.tsx';
import { OwnQuality } from './own-quality.tsx';
import { PanelButtons, PlaceBar } from './place-bar.tsx';
import style from './room-inside.module.css';
import { RoomStage } from './room-stage.tsx';
import type { ChatLog } from './use-chat-log.ts';
import { useOwnStream } from './use-own-stream.ts';
import { useReactions } from './use-reactions.ts';

/** Everything in it hears and sees the place's media. */
export function PlaceMedia({ visit, children }: { visit: Inside; children: ReactNode }) {
  return (
    <RoomContext.Provider value={visit.media.room}>
      <Ground value="dark">{children}</Ground>
      <RoomAudioRenderer />
    </RoomContext.Provider>
  );
}

interface PlaceInsideProps {
  visit: Inside;
  chat: ChatLog;
  /** How many people are there beside oneself. */
  others: number;
  /** The panels of this kind of place. */
  people: ReactNode;
  info: ReactNode;
  /** Where people are asked things. */
  polls?: ReactNode;
  /** Questions that one has not answered. */
  asked?: number;
  /** Rooms apart. */
  breakouts?: ReactNode;
  /** What this kind of place has to say over the stage. */
  notice?: ReactNode;
  /** More that may be done in it. */
  more?: readonly MenuEntry[];
  /** People who wait to be let in. */
  knocks?: number;
  /** News do not come in, though the media goes on. */
  unheard?: boolean;
}

/** The stage with everybody's pictures, the controls, and what lies beside them. */
export function PlaceInside(props: PlaceInsideProps) {
  const { visit, chat, others, people, info, polls, breakouts, notice } = props;
  const { more = [], knocks = 0, asked = 0, unheard = false } = props;
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const { media, place } = visit;
  const title = useStore(place.title);
  const hands = useStore(place.hands);
  const rights = useStore(place.rights);
  const open = useStore(panel);
  const keys = useStore(keysShown);
  const { canPlayAudio, startAudio } = useAudioPlayback();
  const { mic } = useStore(media.own);
  const link = useStore(media.link);
  const reactions = useReactions();
  useSilentMic(useOwnStream(), mic);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    return () => {
      panel.set(undefined);
      reacting.set(false);
      keysShown.set(false);
    };
  }, []);
  useEffect(() => {
    if (!rights.chat && panel.get() === 'chat') panel.set(undefined);
  }, [rights.chat]);
  useEscape();
  const counts = { unread: chat.unread, knocks, ...(polls ? { asked } : {}) };

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
            {title}
          </h1>
          <p className={style.time}>
            <Duration since={visit.since} />
          </p>
        </div>
        <OwnQuality />
        <span className={style.topPanels}>
          <PanelButtons {...counts} chat={rights.chat} />
        </span>
      </header>
      <div className={style.notices}>
        <Banners />
        <LinkNotice link={link === 'good' && unheard ? 'signal' : link} />
        <MediaFaults retry={(device) => void toggleRoomDevice(device)} />
        {notice}
        {!canPlayAudio && (
          <Button kind="primary" icon="speaker" onPress={() => void startAudio()}>
            {t('call.audioBlocked')}
          </Button>
        )}
      </div>
      <main id="main" className={style.body} data-region="stage" tabIndex={-1}>
        <RoomStage lost={link === 'media'} reactions={reactions} hands={hands} />
        {others === 0 && knocks === 0 && link === 'good' && !place.home && (
          <div className={style.alone}>
            <p>
              <strong>{t('room.alone')}</strong>
              <span>{t('room.aloneCure')}</span>
            </p>
            <CopyLink address={location.origin + place.address} />
          </div>
        )}
      </main>
      <footer className={style.foot}>
        <PlaceBar visit={visit} {...counts} more={more} />
      </footer>
      {open === 'people' && people}
      {open === 'chat' && rights.chat && <ChatPanel log={chat} />}
      {open === 'polls' && polls}
      {open === 'breakouts' && breakouts}
      {open === 'info' && info}
      <Dialog title={t('settings.keys')} open={keys} onClose={() => keysShown.set(false)}>
        <KeySettings />
      </Dialog>
    </div>
  );
}

/** Esc closes the panel when nothing lies over it; it never leaves the place. */
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
