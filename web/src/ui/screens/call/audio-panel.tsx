import { useWords } from '../../../i18n/use-words.ts';
import type { CallView } from '../../../state/call-view.ts';
import { Avatar } from '../../avatar.tsx';
import { classes } from '../../classes.ts';
import { Icon } from '../../icons.tsx';
import style from './call-screen.module.css';
import { StatusLine } from './status-line.tsx';
import { useSpeaking } from './use-speaking.ts';

/** A call without pictures: who, and how far it is. */
export function AudioPanel({ view }: { view: CallView }) {
  const { t } = useWords();
  const peer = view.people.find((p) => p.state === 'joined');
  const speaking = useSpeaking(peer?.stream, view.state === 'connected' && !peer?.muted);
  const waiting = view.state === 'starting' || view.state === 'calling' || view.state === 'ringing';
  return (
    <div className={style.center}>
      <span className={classes(waiting && style.ringing)}>
        <Avatar name={view.peer.name} url={view.peer.avatarUrl} size={128} speaking={speaking} />
      </span>
      <p className={style.who}>{view.peer.name}</p>
      <p className={style.line}>
        <StatusLine view={view} />
      </p>
      {peer?.muted && (
        <p className={style.mutedLine}>
          <Icon name="micOff" size={18} />
          {t('call.mutedName', { name: peer.person.name })}
        </p>
      )}
      {peer?.quality === 'lost' && (
        <p className={style.mutedLine}>{t('net.peerLost', { name: peer.person.name })}</p>
      )}
    </div>
  );
}
