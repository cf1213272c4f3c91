import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { watchLevel } from '../../../state/levels.ts';
import { Meter } from '../../meter.tsx';
import { FaultNote } from './fault-note.tsx';

/** How loud a microphone is, and a word when nothing at all comes out of it. */
export function MicMeter({ stream }: { stream: MediaStream }) {
  const { t } = useWords();
  const [level, setLevel] = useState(0);
  const [silent, setSilent] = useState(false);
  const heard = useRef(0);
  useEffect(() => {
    heard.current = performance.now();
    return watchLevel(stream, (now) => {
      setLevel(now);
      if (now > 0) heard.current = performance.now();
      // Pure zero is a switch on the headset or a dead device; a quiet room is never zero.
      setSilent(performance.now() - heard.current > 10_000);
    });
  }, [stream]);
  return (
    <>
      <Meter label={t('media.level')} value={level} />
      {silent && <FaultNote device="mic" fault="silent" />}
    </>
  );
}
