import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { dial } from '../../../state/phone.ts';
import type { Contact } from '../../../state/sdk.ts';
import { Confirm } from '../../dialog.tsx';
import { IconButton } from '../../icon-button.tsx';
import { Menu } from '../../menu.tsx';
import { CallButtons, PersonRow } from '../person-row.tsx';
import { useDeed } from './use-deed.ts';

/** An accepted contact: call, or remove and block behind a question. */
export function ContactRow({ contact }: { contact: Contact }) {
  const { t } = useWords();
  const { run } = useDeed();
  const [asking, setAsking] = useState<'remove' | 'block'>();
  const { person, online } = contact;
  const name = person.name;
  return (
    <PersonRow
      person={person}
      online={online}
      note={t(online ? 'presence.online' : 'presence.offline')}
      quiet
    >
      <CallButtons person={person} />
      <Menu
        label={t('common.moreFor', { name })}
        entries={[
          {
            id: 'video',
            title: t('call.video'),
            icon: 'camera',
            run: () => void dial({ people: [person], video: true }),
          },
          { id: 'remove', title: t('contacts.remove'), icon: 'trash', run: () => setAsking('remove') },
          {
            id: 'block',
            title: t('contacts.block'),
            icon: 'block',
            danger: true,
            run: () => setAsking('block'),
          },
        ]}
      >
        <IconButton icon="more" label={t('common.moreFor', { name })} />
      </Menu>
      <Confirm
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={t(asking === 'block' ? 'contacts.blockTitle' : 'contacts.removeTitle', { name })}
        body={t(asking === 'block' ? 'contacts.blockBody' : 'contacts.removeBody')}
        action={t(asking === 'block' ? 'contacts.block' : 'contacts.remove')}
        onConfirm={() => asking && void run(asking, person)}
      />
    </PersonRow>
  );
}
