import { useEffect, useState } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Icon } from '../../icons.tsx';
import style from './account-frame.module.css';

/** What a form as a whole has to say. `wait` counts down to the next try. */
export function FormError({ word, wait }: { word: WordKey | undefined; wait?: number | undefined }) {
  const { t } = useWords();
  const left = useCountdown(wait);
  return (
    <div role="alert">
      {word && (
        <p className={style.error}>
          <Icon name="warn" size={20} />
          <span>{left > 0 ? t('common.wait', { s: left }) : t(word)}</span>
        </p>
      )}
    </div>
  );
}

function useCountdown(seconds: number | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    setLeft(seconds ?? 0);
    if (!seconds) return;
    const timer = setInterval(() => setLeft((n) => Math.max(0, n - 1)), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}
