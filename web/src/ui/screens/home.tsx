import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { matches, sortContacts } from '../../state/contact-list.ts';
import { contacts, loadContacts } from '../../state/contacts.ts';
import { groupRuns } from '../../state/history-groups.ts';
import { loadPast, past } from '../../state/past-calls.ts';
import { Button } from '../button.tsx';
import { Card } from '../card.tsx';
import { Empty } from '../empty.tsx';
import { Link } from '../link.tsx';
import { LoadedView } from '../loaded-view.tsx';
import { SearchBox } from '../search-box.tsx';
import { useStore } from '../use-store.ts';
import { AddContact } from './contacts/add-contact.tsx';
import { ContactRow } from './contacts/contact-row.tsx';
import { FindResults } from './contacts/find-results.tsx';
import { HistoryRow } from './history/history-row.tsx';
import style from './home.module.css';
import { Page } from './page.tsx';

/** Whom to call: the latest calls, the contacts, and a search over everybody. */
export function Home() {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  const empty = useNothing() && typed.trim() === '';
  return (
    <Page
      wide
      title={t('home.title')}
      actions={
        // The empty page has this button in its middle.
        !empty && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('contacts.add')}
          </Button>
        )
      }
    >
      <SearchBox label={t('home.search')} value={typed} onChange={setTyped} />
      {typed.trim() === '' ? <Start onAdd={() => setAdding(true)} /> : <Found typed={typed} />}
      <AddContact open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}

/** Whether this person knows nobody yet and has never called. */
function useNothing(): boolean {
  const people = useStore(contacts).data;
  const calls = useStore(past).data?.calls;
  return people?.length === 0 && calls?.length === 0;
}

function Start({ onAdd }: { onAdd: () => void }) {
  const { t, language } = useWords();
  const people = useStore(contacts);
  const calls = useStore(past);
  if (useNothing()) {
    return (
      <Empty icon="phone" title={t('home.empty')}>
        <Button kind="primary" icon="plus" onPress={onAdd}>
          {t('contacts.add')}
        </Button>
      </Empty>
    );
  }
  return (
    <div className={style.columns}>
      <Card title={t('home.contacts')} action={<More href="/contacts" />}>
        <LoadedView value={people} onRetry={loadContacts}>
          {(list) => {
            const accepted = sortContacts(list, language).accepted.slice(0, 8);
            if (accepted.length === 0) return <Empty icon="person" title={t('contacts.none')} />;
            return (
              <ul>
                {accepted.map((contact) => (
                  <li key={contact.person.uid}>
                    <ContactRow contact={contact} />
                  </li>
                ))}
              </ul>
            );
          }}
        </LoadedView>
      </Card>
      <Card title={t('home.recent')} action={<More href="/history" />}>
        <LoadedView value={calls} onRetry={loadPast}>
          {(pages) => {
            const runs = groupRuns(pages.calls).slice(0, 8);
            if (runs.length === 0) return <Empty icon="clock" title={t('home.noRecent')} />;
            return (
              <ul>
                {runs.map((run) => (
                  <HistoryRow key={run.key} run={run} />
                ))}
              </ul>
            );
          }}
        </LoadedView>
      </Card>
    </div>
  );
}

function More({ href }: { href: string }) {
  const { t } = useWords();
  return (
    <Link className={style.more} href={href}>
      {t('common.showAll')}
    </Link>
  );
}

/** Contacts that match first, then everybody else on the server. */
function Found({ typed }: { typed: string }) {
  const { t, language } = useWords();
  const people = useStore(contacts);
  const mine = sortContacts(people.data ?? [], language).accepted.filter((c) => matches(c.person, typed));
  return (
    <>
      {mine.length > 0 && (
        <Card title={t('home.contacts')}>
          <ul>
            {mine.map((contact) => (
              <li key={contact.person.uid}>
                <ContactRow contact={contact} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t('home.people')}>
        <FindResults query={typed} hideContacts />
      </Card>
    </>
  );
}
