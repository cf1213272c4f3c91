import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { Button } from '../../button.tsx';
import { ChoiceGroup } from '../../choice-group.tsx';
import { Dialog } from '../../dialog.tsx';
import style from './repeat.module.css';

export type Scope = 'one' | 'following' | 'all';
const SCOPES: readonly Scope[] = ['one', 'following', 'all'];

interface RepeatScopeProps {
  act: 'edit' | 'drop';
  onClose: () => void;
  onChosen: (scope: Scope) => void;
}

/** Whether one meeting of a series is meant, those after it too, or all that are to come. */
export function RepeatScope({ act, onClose, onChosen }: RepeatScopeProps) {
  const { t } = useWords();
  const [scope, setScope] = useState<Scope>('one');
  const edits = act === 'edit';
  return (
    <Dialog
      title={t(edits ? 'repeat.editTitle' : 'repeat.dropTitle')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.back')}</Button>
          <Button kind={edits ? 'primary' : 'danger'} onPress={() => onChosen(scope)}>
            {t(edits ? 'meeting.edit' : 'meeting.cancel')}
          </Button>
        </>
      }
    >
      <ChoiceGroup
        label={t('repeat.which')}
        value={scope}
        choices={[
          { id: 'one', title: t('repeat.one') },
          { id: 'following', title: t('repeat.following') },
          { id: 'all', title: t(edits ? 'repeat.allEdit' : 'repeat.all') },
        ]}
        onChange={(id) => setScope(SCOPES.find((one) => one === id) ?? 'one')}
      />
      {edits && scope !== 'one' && <p className={style.sentence}>{t('repeat.keepsOwn')}</p>}
    </Dialog>
  );
}
