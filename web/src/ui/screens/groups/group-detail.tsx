import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { client } from '../../../state/connection.ts';
import { contacts } from '../../../state/contacts.ts';
import { problemOf } from '../../../state/errors.ts';
import { addMembers, CALL_SIZE, removeMember } from '../../../state/groups.ts';
import { dial } from '../../../state/phone.ts';
import { go } from '../../../state/router.ts';
import type { Group, Person } from '../../../state/sdk.ts';
import { toast } from '../../../state/toasts.ts';
import { Avatar } from '../../avatar.tsx';
import { Button } from '../../button.tsx';
import { Confirm } from '../../dialog.tsx';
import { IconButton } from '../../icon-button.tsx';
import { useStore } from '../../use-store.ts';
import { PersonRow } from '../person-row.tsx';
import style from './groups.module.css';
import { PickDialog } from './pick-dialog.tsx';

/** One group: call it, see who is in it, add people, leave. */
export function GroupDetail({ group }: { group: Group }) {
  const { t } = useWords();
  const me = useStore(client)?.me?.uid;
  const known = useStore(contacts).data ?? [];
  const [open, setOpen] = useState<'add' | 'leave' | 'audio' | 'video'>();
  const others = group.members.filter((m) => m.uid !== me);
  // Only its owner says who is in a group.
  const own = me !== undefined && group.owner === me;
  const addable = known
    .filter((c) => c.state === 'accepted' && !group.members.some((m) => m.uid === c.person.uid))
    .map((c) => c.person);
  const online = (uid: string) => known.find((c) => c.person.uid === uid && c.state === 'accepted')?.online;

  const call = (people: readonly Person[], video: boolean) => {
    const [first, ...rest] = people;
    if (first) void dial({ people: [first, ...rest], video, groupId: group.id });
  };
  // A call without a media server holds few people; with more members one chooses.
  const start = (video: boolean) => {
    if (others.length < CALL_SIZE) call(others, video);
    else setOpen(video ? 'video' : 'audio');
  };
  const run = async (task: Promise<void>) => {
    try {
      await task;
    } catch (error) {
      toast('danger', problemOf(error).title);
    }
  };

  return (
    <>
      <div className={style.head}>
        <Avatar name={group.name} size={64} />
        <h2>{group.name}</h2>
        {others.length === 0 ? (
          <p className={style.hint}>{t('groups.alone')}</p>
        ) : (
          <div className={style.calls}>
            <Button
              kind="primary"
              icon="camera"
              aria-label={t('groups.callVideo')}
              onPress={() => start(true)}
            >
              {t('call.video')}
            </Button>
            <Button icon="phone" aria-label={t('groups.callAudio')} onPress={() => start(false)}>
              {t('call.audio')}
            </Button>
          </div>
        )}
      </div>
      <h3 className={style.subtitle}>
        {t('groups.membersCount', { count: group.members.length })}
        {own && (
          <Button kind="plain" icon="addPerson" onPress={() => setOpen('add')}>
            {t('groups.add')}
          </Button>
        )}
      </h3>
      <ul>
        {group.members.map((person) => (
          <li key={person.uid}>
            <Member
              person={person}
              online={online(person.uid)}
              mine={person.uid === me}
              owner={person.uid === group.owner}
              removable={own && person.uid !== me}
              onRemove={() => void run(removeMember(group.id, person.uid))}
            />
          </li>
        ))}
      </ul>
      <div className={style.foot}>
        <Button kind="danger" icon="signOut" onPress={() => setOpen('leave')}>
          {t('groups.leave')}
        </Button>
      </div>
      <PickDialog
        open={open === 'add'}
        onClose={() => setOpen(undefined)}
        title={t('groups.addTitle', { name: group.name })}
        action={t('groups.add')}
        people={addable}
        none={t('groups.noContacts')}
        onPick={(people) =>
          void run(
            addMembers(
              group.id,
              people.map((p) => p.uid),
            ),
          )
        }
      />
      <PickDialog
        open={open === 'audio' || open === 'video'}
        onClose={() => setOpen(undefined)}
        title={t('groups.choose')}
        hint={t('groups.chooseHint', { count: CALL_SIZE - 1 })}
        action={t(open === 'video' ? 'call.video' : 'call.audio')}
        people={others}
        most={CALL_SIZE - 1}
        none={t('groups.alone')}
        onPick={(people) => call(people, open === 'video')}
      />
      <Confirm
        open={open === 'leave'}
        onClose={() => setOpen(undefined)}
        title={t('groups.leaveTitle', { name: group.name })}
        body={t('groups.leaveBody')}
        action={t('groups.leave')}
        onConfirm={() => {
          if (me) void run(removeMember(group.id, me).then(() => go('/groups')));
        }}
      />
    </>
  );
}

interface MemberProps {
  person: Person;
  online: boolean | undefined;
  mine: boolean;
  owner: boolean;
  removable: boolean;
  onRemove: () => void;
}

function Member({ person, online, mine, owner, removable, onRemove }: MemberProps) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const remove = t('groups.removeMember', { name: person.name });
  return (
    <PersonRow
      person={person}
      note={[mine ? t('common.you') : person.uid, ...(owner ? [t('groups.owner')] : [])].join(' · ')}
      {...(online === undefined ? {} : { online })}
    >
      {removable && <IconButton icon="close" label={remove} onPress={() => setAsking(true)} />}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`${remove}?`}
        body={t('groups.removeBody')}
        action={remove}
        onConfirm={onRemove}
      />
    </PersonRow>
  );
}
