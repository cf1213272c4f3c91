import { useWords } from '../i18n/use-words.ts';
import { problemOf } from '../state/errors.ts';
import { Button } from './button.tsx';
import style from './failed.module.css';
import { Icon } from './icons.tsx';

/** Something could not be loaded: what happened, what to do, one button, the rest folded. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useWords();
  const problem = problemOf(error);
  return (
    <div className={style.failed} role="alert">
      <Icon name="warn" size={28} />
      <p className={style.title}>{t(problem.title)}</p>
      {problem.cure && <p className={style.cure}>{t(problem.cure)}</p>}
      <Button onPress={onRetry}>{t('common.retry')}</Button>
      <details className={style.details}>
        <summary>{t('common.details')}</summary>
        <code>{problem.details}</code>
      </details>
    </div>
  );
}
