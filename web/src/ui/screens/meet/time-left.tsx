import { useEffect, useState } from 'react';
import { clock } from '../../../i18n/format.ts';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';

/** How long until then, counted down; `words` has a place for the time. */
export function TimeLeft({ until, words }: { until: Date; words: WordKey }) {
  const { t } = useWords();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((until.getTime() - now) / 1000));
  return (
    <span className="tabular" role="timer">
      {t(words, { time: clock(seconds) })}
    </span>
  );
}
