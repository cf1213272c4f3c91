import { useConnectionQualityIndicator, useLocalParticipant } from '@livekit/components-react';
import { ConnectionQuality } from 'livekit-client';
import { useEffect } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { tellPoor } from '../../../../state/poor-news.ts';
import style from './room-inside.module.css';
import { usePoor } from './use-poor.ts';

/** One's own connection, shown only while it is bad. */
export function OwnQuality() {
  const { t } = useWords();
  const { localParticipant } = useLocalParticipant();
  const { quality } = useConnectionQualityIndicator({ participant: localParticipant });
  const lost = quality === ConnectionQuality.Lost;
  const poor = usePoor(quality === ConnectionQuality.Poor || lost);
  useEffect(() => {
    if (poor) tellPoor();
  }, [poor]);
  if (!poor) return null;
  const words = `${t('call.quality')}: ${t(lost ? 'call.qualityLost' : 'call.qualityPoor')}`;
  return (
    <span className={style.bars} role="img" aria-label={words} title={words}>
      {[0, 1, 2].map((n) => (
        <span key={n} className={!lost && n === 0 ? style.lit : style.dark} />
      ))}
    </span>
  );
}
