import { useEffect, useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import { contacts, searchPeople } from '../../../state/contacts.ts';
import type { Contact, Person } from '../../../state/sdk.ts';
import { Loader } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Empty } from '../../empty.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import { CallButtons, PersonRow } from '../person-row.tsx';
import { useDeed } from './use-deed.ts';

/** A pause in typing this long asks the server. */
const PAUSE_MS = 250;

/** People on the server whose name begins as typed. */
export function FindResults({ query, hideContacts = false }: { query: string; hideContacts?: boolean }) {
  const { t } = useWords();
  const found = useMemo(() => new Loader<readonly Person[]>(), []);
  const value = useStore(found);
  const known = useStore(contacts).data ?? [];
  const wanted = query.trim();
  useEffect(() => {
    if (wanted === '') return found.reset();
    const timer = setTimeout(() => void found.load(() => searchPeople(wanted)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, found]);

  if (wanted === '') return <Empty icon="search" title={t('contacts.findHint')} />;
  return (
    <LoadedView value={value} onRetry={() => void found.load(() => searchPeople(wanted))}>
      {(people) => {
        const me = need().me?.uid;
        const contact = (person: Person) => known.find((c) => c.person.uid === person.uid);
        const others = people.filter(
          (p) => p.uid !== me && !(hideContacts && contact(p)?.state === 'accepted'),
        );
        if (others.length === 0) return <Empty icon="search" title={t('contacts.findNone')} />;
        return (
          <ul>
            {others.map((person) => (
              <li key={person.uid}>
                <PersonRow person={person}>
                  <WhatToDo person={person} contact={contact(person)} />
                </PersonRow>
              </li>
            ))}
          </ul>
        );
      }}
    </LoadedView>
  );
}

function WhatToDo({ person, contact }: { person: Person; contact: Contact | undefined }) {
  const { t } = useWords();
  const { busy, run } = useDeed();
  const name = person.name;
  if (contact?.state === 'accepted') return <CallButtons person={person} keepVideo />;
  if (contact?.state === 'outgoing') return <span>{t('contacts.asked')}</span>;
  if (contact?.state === 'incoming') {
    return (
      <Button
        aria-label={t('contacts.acceptFor', { name })}
        isDisabled={busy}
        onPress={() => void run('accept', person)}
      >
        {t('contacts.accept')}
      </Button>
    );
  }
  if (contact?.state === 'blocked') {
    return (
      <Button
        aria-label={t('contacts.unblockFor', { name })}
        isDisabled={busy}
        onPress={() => void run('remove', person)}
      >
        {t('contacts.unblock')}
      </Button>
    );
  }
  const ask = async () => {
    if (await run('ask', person)) toast('ok', 'contacts.asked');
  };
  return (
    <Button aria-label={t('contacts.askFor', { name })} isDisabled={busy} onPress={() => void ask()}>
      {t('contacts.ask')}
    </Button>
  );
}
