import { useWords } from '../../../i18n/use-words.ts';
import type { Contact } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Empty } from '../../empty.tsx';
import { PersonRow } from '../person-row.tsx';
import style from './requests.module.css';
import { useDeed } from './use-deed.ts';

/** Who wants to be a contact, and whom this person asked. */
export function Requests({
  incoming,
  outgoing,
}: {
  incoming: readonly Contact[];
  outgoing: readonly Contact[];
}) {
  const { t } = useWords();
  if (incoming.length + outgoing.length === 0)
    return <Empty icon="person" title={t('contacts.noRequests')} />;
  return (
    <>
      {incoming.length > 0 && (
        <section className={style.part} aria-label={t('contacts.incoming')}>
          <h2 className={style.title}>{t('contacts.incoming')}</h2>
          <ul>
            {incoming.map((contact) => (
              <li key={contact.person.uid}>
                <Received contact={contact} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {outgoing.length > 0 && (
        <section className={style.part} aria-label={t('contacts.outgoing')}>
          <h2 className={style.title}>{t('contacts.outgoing')}</h2>
          <ul>
            {outgoing.map((contact) => (
              <li key={contact.person.uid}>
                <Sent contact={contact} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Received({ contact }: { contact: Contact }) {
  const { t } = useWords();
  const { busy, run } = useDeed();
  const { person } = contact;
  return (
    <PersonRow person={person}>
      <span className={style.pair}>
        <Button
          kind="primary"
          aria-label={t('contacts.acceptFor', { name: person.name })}
          isDisabled={busy}
          onPress={() => void run('accept', person)}
        >
          {t('contacts.accept')}
        </Button>
        <Button
          aria-label={t('contacts.declineFor', { name: person.name })}
          isDisabled={busy}
          onPress={() => void run('decline', person)}
        >
          {t('contacts.decline')}
        </Button>
      </span>
    </PersonRow>
  );
}

function Sent({ contact }: { contact: Contact }) {
  const { t } = useWords();
  const { busy, run } = useDeed();
  const { person } = contact;
  return (
    <PersonRow person={person}>
      <Button
        aria-label={t('contacts.cancelRequestFor', { name: person.name })}
        isDisabled={busy}
        onPress={() => void run('remove', person)}
      >
        {t('contacts.cancelRequest')}
      </Button>
    </PersonRow>
  );
}
