import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import { contacts } from '../../../state/contacts.ts';
import type { Meeting, MeetingParticipant } from '../../../state/sdk.ts';
import { toast, toastProblem } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import { useStore } from '../../use-store.ts';
import { PickPeople } from '../groups/pick-people.tsx';

interface AddPeopleProps {
  meeting: Meeting;
  people: readonly MeetingParticipant[];
  onClose: () => void;
  onAdded: () => void;
}

/** Names contacts as participants: the meeting is among theirs from then on. */
export function AddPeople({ meeting, people, onClose, onAdded }: AddPeopleProps) {
  const { t } = useWords();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const here = new Set(people.map(({ uid }) => uid));
  const known = (useStore(contacts).data ?? [])
    .filter((contact) => contact.state === 'accepted' && !here.has(contact.person.uid))
    .map((contact) => contact.person);
  const add = async () => {
    try {
      const ids = known
        .filter(({ uid }) => picked.has(uid))
        .flatMap(({ id }) => (id === undefined ? [] : [id]));
      for (const id of ids) await need().meetings.add(meeting.id, id);
      toast('ok', 'meeting.invited', { count: ids.length });
      onAdded();
      onClose();
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <Dialog
      title={t('meeting.invite')}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" isDisabled={picked.size === 0} onPress={() => void add()}>
          {t('meeting.invite')}
        </Button>
      }
    >
      <PickPeople people={known} picked={picked} onChange={setPicked} most={meeting.maxParticipants - 1} />
    </Dialog>
  );
}
