import { type FormEvent, useId, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { contacts } from '../../../state/contacts.ts';
import { isNewName, roomAddress } from '../../../state/room-name.ts';
import { createRoom, type RoomProblem } from '../../../state/rooms.ts';
import { go } from '../../../state/router.ts';
import { Button } from '../../button.tsx';
import { ChoiceGroup } from '../../choice-group.tsx';
import { Dialog } from '../../dialog.tsx';
import { Field } from '../../field.tsx';
import { Select } from '../../select.tsx';
import { Switch } from '../../switch.tsx';
import { useStore } from '../../use-store.ts';
import { PickPeople } from '../groups/pick-people.tsx';
import style from './rooms.module.css';

const SIZES = [2, 6, 12, 25, 50, 100];

/** A new room: its name, its places, who is asked in. */
export function CreateRoom({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useWords();
  const id = useId();
  return (
    <Dialog
      title={t('rooms.create')}
      open={open}
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={id}>
          {t('rooms.create')}
        </Button>
      }
    >
      <Form id={id} onClose={onClose} />
    </Dialog>
  );
}

function Form({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [size, setSize] = useState('12');
  const [kind, setKind] = useState('video');
  const [anyone, setAnyone] = useState(true);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<RoomProblem>();
  const busy = useRef(false);
  const people = (useStore(contacts).data ?? []).filter((c) => c.state === 'accepted').map((c) => c.person);
  const wanted = name.trim();
  const bad = wanted !== '' && !isNewName(wanted);
  const nameError = bad ? 'rooms.badName' : problem?.field === 'name' ? problem.key : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (bad || busy.current) return;
    busy.current = true;
    setProblem(undefined);
    const made = await createRoom({
      ...(wanted && { name: wanted }),
      size: Number(size),
      video: kind === 'video',
      membersMayInvite: anyone,
      ...(picked.size > 0 && { invite: [...picked] }),
    });
    busy.current = false;
    if ('problem' in made) return setProblem(made.problem);
    onClose();
    go(roomAddress(made.entry.room));
  };

  const other = problem?.field === undefined ? problem : undefined;
  const { room } = other ?? {};
  return (
    <form id={id} className={style.form} onSubmit={submit} noValidate>
      <div className={style.refused} role="alert">
        {other && <span>{t(other.key, other.values)}</span>}
        {room !== undefined && (
          <Button
            onPress={() => {
              onClose();
              go(roomAddress(room));
            }}
          >
            {t('rooms.go')}
          </Button>
        )}
      </div>
      <Field
        label={t('rooms.name')}
        optional
        value={name}
        onChange={(now) => {
          setName(now);
          setProblem(undefined);
        }}
        autoComplete="off"
        hint={t('rooms.nameHint')}
        {...(nameError && { error: t(nameError) })}
      />
      <Select
        label={t('rooms.size')}
        value={size}
        choices={SIZES.map((n) => ({ id: String(n), title: t('rooms.sizeOf', { count: n }) }))}
        onChange={setSize}
      />
      <ChoiceGroup
        label={t('rooms.kind')}
        value={kind}
        choices={[
          { id: 'video', title: t('rooms.kindVideo') },
          { id: 'audio', title: t('rooms.kindAudio') },
        ]}
        onChange={setKind}
      />
      <Switch label={t('rooms.anyoneInvites')} on={anyone} onChange={setAnyone} />
      {people.length > 0 && (
        <fieldset className={style.people}>
          <legend>{t('rooms.ask')}</legend>
          <PickPeople people={people} picked={picked} onChange={setPicked} most={Number(size) - 1} />
        </fieldset>
      )}
    </form>
  );
}
