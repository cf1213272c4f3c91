import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { client } from '../../../state/connection.ts';
import { type ContactGroups, matches, sortContacts } from '../../../state/contact-list.ts';
import { contacts, loadContacts } from '../../../state/contacts.ts';
import type { Contact } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Card } from '../../card.tsx';
import { Empty } from '../../empty.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { SearchBox } from '../../search-box.tsx';
import { Tabs } from '../../tabs.tsx';
import { useStore } from '../../use-store.ts';
import { Page } from '../page.tsx';
import { PersonRow } from '../person-row.tsx';
import { AddContact } from './add-contact.tsx';
import { ContactRow } from './contact-row.tsx';
import { Requests } from './requests.tsx';
import { useDeed } from './use-deed.ts';

/** Everybody one may call, who asks, and who is kept out. */
export function Contacts() {
  const { t, language } = useWords();
  const value = useStore(contacts);
  // What others changed meanwhile is not pushed; the old list stays up until the new one is there.
  useEffect(() => {
    if (client.get()) void loadContacts();
  }, []);
  const [adding, setAdding] = useState(false);
  const [typed, setTyped] = useState('');
  return (
    <Page
      title={t('contacts.title')}
      actions={
        // The empty list has this button in its middle.
        value.data?.length !== 0 && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('contacts.add')}
          </Button>
        )
      }
    >
      <SearchBox label={t('contacts.filter')} value={typed} onChange={setTyped} />
      <LoadedView value={value} onRetry={loadContacts}>
        {(list) => (
          <Parts
            sorted={sortContacts(
              list.filter((c) => matches(c.person, typed)),
              language,
            )}
            filtered={typed.trim() !== ''}
            onAdd={() => setAdding(true)}
          />
        )}
      </LoadedView>
      <AddContact open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}

function Parts({ sorted, filtered, onAdd }: { sorted: ContactGroups; filtered: boolean; onAdd: () => void }) {
  const { t } = useWords();
  const none = filtered ? (
    <Empty icon="search" title={t('contacts.noMatch')} />
  ) : (
    <Empty icon="person" title={t('contacts.none')}>
      <Button kind="primary" icon="plus" onPress={onAdd}>
        {t('contacts.add')}
      </Button>
    </Empty>
  );
  const waiting = sorted.incoming.length;
  return (
    <Tabs
      label={t('contacts.title')}
      items={[
        {
          id: 'all',
          title: t('contacts.all'),
          panel: <Card>{sorted.accepted.length > 0 ? <Rows list={sorted.accepted} /> : none}</Card>,
        },
        {
          id: 'online',
          title: t('contacts.online'),
          panel: (
            <Card>
              {sorted.online.length > 0 ? (
                <Rows list={sorted.online} />
              ) : (
                <Empty icon="person" title={t('contacts.noneOnline')} />
              )}
            </Card>
          ),
        },
        {
          id: 'requests',
          title: t('contacts.requests'),
          count: waiting,
          waiting: t('contacts.waiting'),
          panel: (
            <Card>
              <Requests incoming={sorted.incoming} outgoing={sorted.outgoing} />
            </Card>
          ),
        },
        {
          id: 'blocked',
          title: t('contacts.blocked'),
          panel: (
            <Card>
              {sorted.blocked.length > 0 ? (
                <Blocked list={sorted.blocked} />
              ) : (
                <Empty icon="block" title={t('contacts.noBlocked')} />
              )}
            </Card>
          ),
        },
      ]}
    />
  );
}

function Rows({ list }: { list: readonly Contact[] }) {
  return (
    <ul>
      {list.map((contact) => (
        <li key={contact.person.uid}>
          <ContactRow contact={contact} />
        </li>
      ))}
    </ul>
  );
}

function Blocked({ list }: { list: readonly Contact[] }) {
  const { t } = useWords();
  const { busy, run } = useDeed();
  return (
    <ul>
      {list.map(({ person }) => (
        <li key={person.uid}>
          <PersonRow person={person}>
            <Button
              aria-label={t('contacts.unblockFor', { name: person.name })}
              isDisabled={busy}
              onPress={() => void run('remove', person)}
            >
              {t('contacts.unblock')}
            </Button>
          </PersonRow>
        </li>
      ))}
    </ul>
  );
}
