import { useWords } from '../../i18n/use-words.ts';
import { turnPage } from '../../state/stage-view.ts';
import { IconButton } from '../icon-button.tsx';
import style from './stage.module.css';

/** Leafs through the pages of tiles. */
export function Pager({ page, pages }: { page: number; pages: number }) {
  const { t } = useWords();
  return (
    <div className={style.pager}>
      <IconButton
        kind="small"
        icon="back"
        label={t('room.pageBefore')}
        isDisabled={page === 0}
        onPress={() => turnPage(-1)}
      />
      <span className="tabular" role="status">
        <span aria-hidden="true">
          {page + 1} / {pages}
        </span>
        <span className="visually-hidden">{t('room.page', { page: page + 1, pages })}</span>
      </span>
      <IconButton
        kind="small"
        icon="forward"
        label={t('room.pageNext')}
        isDisabled={page === pages - 1}
        onPress={() => turnPage(1)}
      />
    </div>
  );
}
