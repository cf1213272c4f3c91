import { useWords } from '../../../i18n/use-words.ts';
import { callName, isLive } from '../../../state/call-view.ts';
import { groups } from '../../../state/groups.ts';
import { toggleMute } from '../../../state/in-call.ts';
import { current, hangUp } from '../../../state/phone.ts';
import { go } from '../../../state/router.ts';
import { Avatar } from '../../avatar.tsx';
import { IconButton } from '../../icon-button.tsx';
import { Icon } from '../../icons.tsx';
import { useStore } from '../../use-store.ts';
import style from './mini-call.module.css';
import { StatusLine } from './status-line.tsx';

/** The call that goes on, over the other pages. */
export function MiniCall() {
  const { t } = useWords();
  const view = useStore(current);
  const known = useStore(groups).data;
  if (!isLive(view)) return null;
  const name = callName(view, known);
  return (
    <section className={style.mini} aria-label={t('call.withName', { name })} data-region="bar">
      <button type="button" className={style.back} onClick={() => go('/call')}>
        <Avatar name={name} url={view.peer.avatarUrl} size={32} />
        <span className={style.words}>
          <span className={style.name}>{name}</span>
          <span className={style.status}>
            <StatusLine view={view} />
          </span>
        </span>
        <span className={style.hint}>
          <span className={style.long}>{t('call.return')}</span>
          <Icon name="forward" size={18} />
        </span>
      </button>
      <IconButton
        kind="small"
        icon={view.muted ? 'micOff' : 'mic'}
        label={t(view.muted ? 'media.unmute' : 'media.mute')}
        isDisabled={!view.call}
        onPress={toggleMute}
      />
      <span className={style.leave}>
        <IconButton kind="leave" icon="hangup" label={t('call.hangup')} onPress={hangUp} />
      </span>
    </section>
  );
}
