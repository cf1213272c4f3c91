import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { Dialog } from '../../dialog.tsx';
import { SearchBox } from '../../search-box.tsx';
import { FindResults } from './find-results.tsx';

/** Finding somebody by name and asking to be contacts. */
export function AddContact({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  return (
    <Dialog
      title={t('contacts.addTitle')}
      open={open}
      onClose={() => {
        setTyped('');
        onClose();
      }}
    >
      <SearchBox label={t('contacts.findName')} value={typed} onChange={setTyped} autoFocus />
      <FindResults query={typed} />
    </Dialog>
  );
}
