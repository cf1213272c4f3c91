import { useState } from 'react';
import type { Person } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import style from './groups.module.css';
import { PickPeople } from './pick-people.tsx';

interface PickDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  hint?: string;
  action: string;
  people: readonly Person[];
  /** Said when there is nobody to pick. */
  none: string;
  most?: number;
  onPick: (people: readonly Person[]) => void;
}

/** A dialog to choose some people. */
export function PickDialog({
  open,
  onClose,
  title,
  hint,
  action,
  people,
  none,
  most,
  onPick,
}: PickDialogProps) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const close = () => {
    setPicked(new Set());
    onClose();
  };
  const done = () => {
    onPick(people.filter((p) => picked.has(p.uid)));
    close();
  };
  return (
    <Dialog
      title={title}
      open={open}
      onClose={close}
      actions={
        people.length > 0 && (
          <Button kind="primary" isDisabled={picked.size === 0} onPress={done}>
            {action}
          </Button>
        )
      }
    >
      {people.length === 0 ? (
        <p className={style.hint}>{none}</p>
      ) : (
        <>
          {hint && <p className={style.hint}>{hint}</p>}
          <PickPeople
            people={people}
            picked={picked}
            onChange={setPicked}
            {...(most === undefined ? {} : { most })}
          />
        </>
      )}
    </Dialog>
  );
}
