import { type ReactNode, useEffect } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { connection } from '../../../state/connection.ts';
import { PAGE_SIZE, type PagedLoader } from '../../../state/paged.ts';
import { Empty } from '../../empty.tsx';
import { IconButton } from '../../icon-button.tsx';
import type { IconName } from '../../icons.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import style from './admin.module.css';

interface PagedListProps<T> {
  of: PagedLoader<T>;
  empty: { icon: IconName; title: string };
  children: (item: T) => ReactNode;
}

/** Rows with page buttons below. */
export function PagedList<T>({ of, empty, children }: PagedListProps<T>) {
  const { t } = useWords();
  const value = useStore(of);
  const isConnected = useStore(connection) === 'open';
  useEffect(() => {
    if (isConnected) void of.show();
  }, [isConnected, of]);
  return (
    <LoadedView value={value} onRetry={() => void of.show()}>
      {({ items, total, page }) =>
        items.length === 0 && page === 1 ? (
          <Empty {...empty} />
        ) : (
          <>
            <ul>{items.map(children)}</ul>
            {total > PAGE_SIZE && (
              <div className={style.pager}>
                <span>
                  {t('admin.page', {
                    from: (page - 1) * PAGE_SIZE + 1,
                    to: (page - 1) * PAGE_SIZE + items.length,
                    total,
                  })}
                </span>
                <IconButton
                  icon="back"
                  label={t('admin.previous')}
                  isDisabled={page === 1}
                  onPress={() => void of.show(page - 1)}
                />
                <IconButton
                  icon="forward"
                  label={t('admin.next')}
                  isDisabled={page * PAGE_SIZE >= total}
                  onPress={() => void of.show(page + 1)}
                />
              </div>
            )}
          </>
        )
      }
    </LoadedView>
  );
}
