import { useWords } from '../../../i18n/use-words.ts';
import type { CallView } from '../../../state/call-view.ts';
import { session } from '../../../state/session.ts';
import { Avatar } from '../../avatar.tsx';
import { classes } from '../../classes.ts';
import { Icon } from '../../icons.tsx';
import { useStore } from '../../use-store.ts';
import { Picture } from './picture.tsx';
import style from './tile.module.css';

/** One's own picture, mirrored; a shared screen is a card, for its picture would show itself. */
export function OwnPicture({ view, size = 64 }: { view: CallView; size?: 40 | 64 | 96 }) {
  const { t } = useWords();
  const now = useStore(session);
  const profile = now.status === 'in' ? now.profile : undefined;
  if (view.sharing) {
    return (
      <span className={style.shareCard}>
        <Icon name="share" />
        {t('call.sharingSelf')}
      </span>
    );
  }
  if (view.videoOn && view.localStream) {
    return (
      <Picture
        stream={view.localStream}
        testId="local-video"
        className={classes(style.picture, style.mirror)}
      />
    );
  }
  return <Avatar name={profile?.name ?? t('common.you')} url={profile?.avatarUrl ?? null} size={size} />;
}
