import { useWords } from '../i18n/use-words.ts';
import style from './skeleton.module.css';

/** Rows in the making; they appear after 300 ms, so that quick answers do not flash. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  const { t } = useWords();
  return (
    <div className={style.skeleton} role="status">
      <span className="visually-hidden">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
        <div key={n} className={style.row} aria-hidden="true">
          <span className={style.disc} />
          <span className={style.lines}>
            <span className={style.line} />
            <span className={style.short} />
          </span>
        </div>
      ))}
    </div>
  );
}

/** A name that is being asked for. */
export function NameToCome() {
  const { t } = useWords();
  return (
    <>
      <span className={style.name} aria-hidden="true" />
      <span className="visually-hidden">{t('common.loading')}</span>
    </>
  );
}
