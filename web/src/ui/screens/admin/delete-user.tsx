import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import { Field } from '../../field.tsx';
import type { ActProps } from './ban-user.tsx';

/** Deletes somebody's account, after its name has been typed: this cannot be taken back. */
export function DeleteUser({ user, onClose, run }: ActProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const remove = () => {
    onClose();
    void run(() => need().admin.delete(user.id));
  };
  return (
    <Dialog
      role="alertdialog"
      title={t('admin.deleteTitle', { name: user.nickname })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="danger" isDisabled={typed !== user.username} onPress={remove}>
            {t('admin.delete')}
          </Button>
        </>
      }
    >
      <p>{t('admin.deleteBody')}</p>
      <Field label={user.username} autoComplete="off" value={typed} onChange={setTyped} />
    </Dialog>
  );
}
