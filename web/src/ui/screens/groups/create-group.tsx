import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { sortContacts } from '../../../state/contact-list.ts';
import { contacts } from '../../../state/contacts.ts';
import { problemOf } from '../../../state/errors.ts';
import { createGroup } from '../../../state/groups.ts';
import { go } from '../../../state/router.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import { Field } from '../../field.tsx';
import { useStore } from '../../use-store.ts';
import style from './groups.module.css';
import { PickPeople } from './pick-people.tsx';

/** A name and some contacts make a group. */
export function CreateGroup({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t, language } = useWords();
  const list = useStore(contacts).data ?? [];
  const people = sortContacts(list, language).accepted.map((c) => c.person);
  const [name, setName] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const close = () => {
    setName('');
    setPicked(new Set());
    setTried(false);
    onClose();
  };
  const submit = async () => {
    setTried(true);
    if (name.trim() === '') return;
    setBusy(true);
    try {
      const group = await createGroup(name.trim(), [...picked]);
      close();
      go(`/groups/${encodeURIComponent(group.id)}`);
    } catch (error) {
      toast('danger', problemOf(error).title);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('groups.createTitle')}
      open={open}
      onClose={close}
      actions={
        <Button kind="primary" isDisabled={busy} onPress={() => void submit()}>
          {t('groups.create')}
        </Button>
      }
    >
      <Field
        label={t('groups.name')}
        autoFocus
        maxLength={64}
        value={name}
        onChange={setName}
        {...(tried && name.trim() === '' ? { error: t('groups.needName') } : {})}
      />
      {people.length === 0 ? (
        <p className={style.hint}>{t('groups.noContacts')}</p>
      ) : (
        <PickPeople people={people} picked={picked} onChange={setPicked} />
      )}
    </Dialog>
  );
}
