import { useWords } from '../../../../i18n/use-words.ts';
import type { Link } from '../../../../state/media-room.ts';
import { Banner, useAfter } from '../../../banners.tsx';

/** A blink of the signalling is nobody's business: sound and pictures go on. */
const QUIET_MS = 2000;

/** What has broken of the way to the room. */
export function LinkNotice({ link }: { link: Link }) {
  const { t } = useWords();
  const signal = useAfter(link === 'signal', QUIET_MS);
  return (
    <div role="status" data-testid="room-link">
      {link === 'media' && <Banner icon="offline" tone="warn" words={t('room.mediaLost')} />}
      {link === 'signal' && signal && <Banner icon="offline" tone="warn" words={t('net.reconnecting')} />}
    </div>
  );
}
