import { type KeyboardEvent, useEffect, useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import { contacts, searchPeople } from '../../../state/contacts.ts';
import { addressesIn, type Chosen, chosenPerson } from '../../../state/invite-form.ts';
import type { Person } from '../../../state/sdk.ts';
import { Loader } from '../../../state/store.ts';
import { Button } from '../../button.tsx';
import { Field } from '../../field.tsx';
import { useStore } from '../../use-store.ts';
import { PersonRow } from '../person-row.tsx';
import style from './invite.module.css';

interface InviteFieldProps {
  typed: string;
  chosen: readonly Chosen[];
  present: ReadonlySet<string>;
  /** Numbers of those who were invited. */
  invited: ReadonlySet<number | null>;
  error?: string;
  onTyped: (text: string) => void;
  onAdd: (more: readonly Chosen[]) => void;
}

/** A pause in typing this long asks the server. */
const PAUSE_MS = 250;
const SHOWN = 5;

/** A name or addresses, typed or pasted, and whom the server knows under the name. */
export function InviteField({ typed, chosen, present, invited, error, onTyped, onAdd }: InviteFieldProps) {
  const { t } = useWords();
  const found = useMemo(() => new Loader<readonly Person[]>(), []);
  const value = useStore(found);
  const known = useStore(contacts).data ?? [];
  const { addresses, rest } = addressesIn(typed);
  useEffect(() => {
    if (rest === '') return found.reset();
    const timer = setTimeout(() => void found.load(() => searchPeople(rest)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [rest, found]);
  // Before anything is typed: whom one knows.
  const friends = known.filter(({ state }) => state === 'accepted').map(({ person }) => person);
  const people = rest === '' ? friends : (value.data ?? []);
  const taken = new Set([...present, ...chosen.map(({ name }) => name), need().me?.uid]);
  const isFree = ({ uid, id }: Person) => !taken.has(uid) && !(id !== undefined && invited.has(id));
  const shown = addresses.length > 0 ? [] : people.filter(isFree).slice(0, SHOWN);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || typed.trim() === '' || event.nativeEvent.isComposing) return;
    // The form is sent by Enter in an empty field, or by its button.
    event.preventDefault();
    const [first] = shown;
    if (addresses.length > 0) onAdd(addresses);
    else if (first && value.status === 'ready') onAdd([chosenPerson(first)]);
  };
  return (
    <div className={style.who}>
      <Field
        label={t('invite.who')}
        hint={t('invite.whoHint')}
        autoFocus
        autoComplete="off"
        inputMode="email"
        value={typed}
        onChange={onTyped}
        onKeyDown={onKeyDown}
        {...(error !== undefined && { error })}
      />
      {shown.length > 0 && (
        <ul aria-label={t('invite.found')}>
          {shown.map((person) => (
            <li key={person.uid}>
              <PersonRow person={person}>
                <Button
                  icon="plus"
                  aria-label={t('invite.add', { name: person.name })}
                  onPress={() => onAdd([chosenPerson(person)])}
                >
                  {t('invite.addShort')}
                </Button>
              </PersonRow>
            </li>
          ))}
        </ul>
      )}
      <p className={style.none} role="status">
        {rest !== '' && value.status === 'ready' && shown.length === 0 && t('invite.none')}
      </p>
    </div>
  );
}
