import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { client } from '../../../state/connection.ts';
import { problemOf } from '../../../state/errors.ts';
import { groupRuns, isMissed, type PastCall } from '../../../state/history-groups.ts';
import { loadOlder, loadPast, missedCount, type Pages, past, seePast } from '../../../state/past-calls.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Card } from '../../card.tsx';
import { Empty } from '../../empty.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { SearchBox } from '../../search-box.tsx';
import { Tabs } from '../../tabs.tsx';
import { useStore } from '../../use-store.ts';
import { Page } from '../page.tsx';
import style from './history.module.css';
import { HistoryRow } from './history-row.tsx';

/** Past calls: all, or those nobody answered here. */
export function History() {
  const { t } = useWords();
  const value = useStore(past);
  // What others changed meanwhile is not pushed; the old list stays up until the new one is there.
  useEffect(() => {
    if (client.get()) void loadPast();
  }, []);
  const missed = useStore(missedCount);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (missed > 0) seePast();
  }, [missed]);
  return (
    <Page title={t('history.title')}>
      <SearchBox label={t('history.search')} value={typed} onChange={setTyped} />
      <LoadedView value={value} onRetry={loadPast}>
        {(pages) => {
          const found = pages.calls.filter((call) => called(call, typed));
          return (
            <Tabs
              label={t('history.title')}
              items={[
                {
                  id: 'all',
                  title: t('history.all'),
                  panel: <List calls={found} typed={typed} pages={pages} />,
                },
                {
                  id: 'missed',
                  title: t('history.missed'),
                  panel: <List missed calls={found.filter(isMissed)} typed={typed} pages={pages} />,
                },
              ]}
            />
          );
        }}
      </LoadedView>
    </Page>
  );
}

function called(call: PastCall, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return (
    wanted === '' || call.name.toLowerCase().includes(wanted) || call.uid.toLowerCase().startsWith(wanted)
  );
}

interface ListProps {
  calls: readonly PastCall[];
  typed: string;
  pages: Pages;
  missed?: boolean;
}

function List({ calls, typed, pages, missed = false }: ListProps) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const older = async () => {
    setBusy(true);
    try {
      await loadOlder();
    } catch (error) {
      toast('danger', problemOf(error).title);
    } finally {
      setBusy(false);
    }
  };
  const none = typed.trim() !== '' ? 'history.noMatch' : missed ? 'history.noMissed' : 'history.none';
  return (
    <Card>
      {calls.length === 0 ? (
        <Empty icon={missed ? 'missed' : 'clock'} title={t(none)} />
      ) : (
        <ul>
          {groupRuns(calls).map((run) => (
            <HistoryRow key={run.key} run={run} />
          ))}
        </ul>
      )}
      {pages.more && (
        <div className={style.older}>
          <Button isDisabled={busy} onPress={() => void older()}>
            {t('history.older')}
          </Button>
        </div>
      )}
    </Card>
  );
}
