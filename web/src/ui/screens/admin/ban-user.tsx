import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import type { Account } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import { Field } from '../../field.tsx';

export interface ActProps {
  user: Account;
  onClose: () => void;
  run: (act: () => Promise<unknown>) => Promise<unknown>;
}

/** Suspends somebody, with a reason for those who read the log. */
export function BanUser({ user, onClose, run }: ActProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const ban = () => {
    onClose();
    void run(() => need().admin.ban(user.id, reason.trim() || undefined));
  };
  return (
    <Dialog
      role="alertdialog"
      title={t('admin.banTitle', { name: user.nickname })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="danger" onPress={ban}>
            {t('admin.ban')}
          </Button>
        </>
      }
    >
      <p>{t('admin.banBody')}</p>
      <Field label={t('admin.reason')} optional maxLength={500} value={reason} onChange={setReason} />
    </Dialog>
  );
}
