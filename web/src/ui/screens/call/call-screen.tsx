import { useEffect, useRef } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { audioBlocked, unblockAudio } from '../../../state/audio-out.ts';
import { type CallView, callName, isStage, present } from '../../../state/call-view.ts';
import { groups } from '../../../state/groups.ts';
import { go } from '../../../state/router.ts';
import { Banners } from '../../banners.tsx';
import { Button } from '../../button.tsx';
import { classes } from '../../classes.ts';
import { Ground } from '../../ground.ts';
import { IconButton } from '../../icon-button.tsx';
import { useStore } from '../../use-store.ts';
import { AudioPanel } from './audio-panel.tsx';
import style from './call-screen.module.css';
import { ControlBar } from './control-bar.tsx';
import { EndedPanel } from './ended-panel.tsx';
import { MediaFaults } from './media-faults.tsx';
import { QualityBars } from './quality.tsx';
import { StatusLine } from './status-line.tsx';
import { TileGrid } from './tile-grid.tsx';
import { useIdle } from './use-idle.ts';
import { useSilentMic } from './use-silent-mic.ts';

/** The call, from the first tone to how it ended. */
export function CallScreen({ view }: { view: CallView }) {
  const { t } = useWords();
  const root = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const name = callName(view, useStore(groups).data);
  const blocked = useStore(audioBlocked);
  const others = present(view);
  const ended = view.state === 'ended';
  const stage = !ended && isStage(view);
  const many = others.length > 1;
  const quiet = useIdle(root, stage && !many && view.state === 'connected');
  useSilentMic(view.localStream, view.state === 'connected' && !view.muted);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <Ground value={stage ? 'dark' : undefined}>
      <div
        ref={root}
        className={classes(style.screen, stage && style.stage, quiet && style.quiet)}
        data-theme={stage ? 'dark' : undefined}
      >
        {!ended && (
          <header className={style.top}>
            <IconButton icon="back" label={t('call.minimize')} onPress={() => go('/calls')} />
            <div className={style.titles}>
              <h1
                ref={heading}
                tabIndex={-1}
                className={classes(stage || many ? style.title : 'visually-hidden')}
              >
                {name}
              </h1>
              {(stage || many) && (
                <p className={style.status}>
                  <StatusLine view={view} />
                </p>
              )}
            </div>
            {view.connectedAt && <QualityBars view={view} />}
          </header>
        )}
        <div className={style.notices}>
          <Banners />
          {!ended && <MediaFaults />}
          {blocked && (
            <Button kind="primary" icon="speaker" onPress={() => void unblockAudio()}>
              {t('call.audioBlocked')}
            </Button>
          )}
        </div>
        <main id="main" className={style.body} data-region="stage" tabIndex={-1}>
          {ended ? (
            <EndedPanel view={view} />
          ) : stage || many ? (
            <TileGrid view={view} />
          ) : (
            <AudioPanel view={view} />
          )}
        </main>
        {!ended && (
          <footer className={style.foot}>
            <ControlBar view={view} />
          </footer>
        )}
      </div>
    </Ground>
  );
}
