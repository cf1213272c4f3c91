import { useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { type CallView, groupWord } from '../../../state/call-view.ts';
import { groups, soughtGroup } from '../../../state/groups.ts';
import { isTyping } from '../../../state/keys.ts';
import { answer, decline, ringing } from '../../../state/phone.ts';
import { ARM_MS } from '../../../state/shortcuts.ts';
import { soundBlocked, unblock } from '../../../state/tones.ts';
import { Avatar } from '../../avatar.tsx';
import { Button } from '../../button.tsx';
import { classes } from '../../classes.ts';
import { Icon, type IconName } from '../../icons.tsx';
import { NameToCome } from '../../skeleton.tsx';
import { useStore } from '../../use-store.ts';
import style from './incoming-card.module.css';

/** Calls that ring here, over everything. */
export function IncomingCalls() {
  const rings = useStore(ringing);
  if (rings.length === 0) return null;
  return (
    <div className={style.stack} data-react-aria-top-layer="true">
      {rings.map((view) => (
        <IncomingCard key={view.id} view={view} />
      ))}
    </div>
  );
}

/** One call that rings. The server alone closes it; focus goes to its heading, never to Answer. */
function IncomingCard({ view }: { view: CallView }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const armed = useArmed();
  const blocked = useStore(soundBlocked);
  const group = useStore(groups).data?.find((g) => g.id === view.groupId);
  const sought = useStore(soughtGroup) === view.groupId && view.groupId !== undefined && !group;
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    // Somebody who types goes on typing; F2 leads here.
    if (isTyping(before)) return;
    heading.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const video = view.kind === 'video';
  const what = view.isGroup
    ? t(groupWord(view), { name: view.peer.name })
    : t(video ? 'call.inVideo' : 'call.inAudio');
  const with_ = view.people.filter((p) => p.person.uid !== view.peer.uid).map((p) => p.person.name);
  const act = (run: () => void) => () => {
    if (armed) run();
  };
  return (
    <div
      role="alertdialog"
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-what`}
      className={style.card}
      data-testid="incoming-call"
      data-region="incoming"
    >
      <div className={style.who}>
        <span className={style.ring}>
          <Avatar name={view.peer.name} url={view.peer.avatarUrl} size={64} />
        </span>
        <div className={style.words}>
          <h2 ref={heading} id={`${id}-name`} tabIndex={-1} className={style.name} data-region-focus="">
            {sought ? <NameToCome /> : (group?.name ?? view.peer.name)}
          </h2>
          <p id={`${id}-what`} className={style.what}>
            {what}
            {with_.length > 0 && (
              <span className={style.others}>{t('call.alsoIn', { names: with_.join(', ') })}</span>
            )}
          </p>
        </div>
      </div>
      {blocked && (
        <Button icon="bell" onPress={() => void unblock()}>
          {t('call.soundOff')}
        </Button>
      )}
      <div className={style.actions}>
        <Round
          tone="answer"
          icon={video ? 'camera' : 'phone'}
          words={t('call.answer')}
          armed={armed}
          onPress={act(() => void answer(view, video))}
        />
        {video && (
          <Round
            tone="soft"
            icon="cameraOff"
            words={t('call.answerAudio')}
            armed={armed}
            onPress={act(() => void answer(view, false))}
          />
        )}
        <Round
          tone="decline"
          icon="hangup"
          words={t('call.decline')}
          armed={armed}
          onPress={act(() => decline(view))}
        />
      </div>
    </div>
  );
}

interface RoundProps {
  tone: 'answer' | 'soft' | 'decline';
  icon: IconName;
  words: string;
  armed: boolean;
  onPress: () => void;
}

function Round({ tone, icon, words, armed, onPress }: RoundProps) {
  return (
    <button type="button" className={style.round} aria-disabled={!armed} onClick={onPress}>
      <span className={classes(style.disc, style[tone])}>
        <Icon name={icon} size={28} />
      </span>
      <span className={style.label}>{words}</span>
    </button>
  );
}

/** A card that has just come up is dead for a moment: the press was meant for what lay there before. */
function useArmed(): boolean {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), ARM_MS);
    return () => clearTimeout(timer);
  }, []);
  return armed;
}
