import { useEffect } from 'react';
import { moment } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { InvitedList } from '../../../state/invitations.ts';
import type { MeetingInvitation } from '../../../state/sdk.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import field from '../../field.module.css';
import { IconButton } from '../../icon-button.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import { PersonRow } from '../person-row.tsx';
import style from './invite.module.css';

/** Who has been invited to a meeting, each to be taken back. */
export function InvitedPeople({ list, onChanged }: { list: InvitedList; onChanged?: () => void }) {
  const { t } = useWords();
  const value = useStore(list);
  useEffect(() => void list.read(), [list]);
  return (
    <section className={style.invited} aria-label={t('invite.list')}>
      <h3 className={field.label}>{t('invite.list')}</h3>
      <LoadedView value={value} onRetry={() => void list.read()}>
        {({ invitations, total }) => (
          <>
            {invitations.length === 0 && <p className={style.none}>{t('invite.listNone')}</p>}
            <ul>
              {invitations.map((invitation) => (
                <Row
                  key={invitation.id}
                  invitation={invitation}
                  onTakeBack={() => void list.takeBack(invitation.id).then(() => onChanged?.(), toastProblem)}
                />
              ))}
            </ul>
            {invitations.length < total && (
              <Button wide onPress={() => void list.more().catch(toastProblem)}>
                {t('invite.more')}
              </Button>
            )}
          </>
        )}
      </LoadedView>
    </section>
  );
}

function Row({ invitation, onTakeBack }: { invitation: MeetingInvitation; onTakeBack: () => void }) {
  const { t, language } = useWords();
  const { name, avatarUrl, email, userId, invitedAt } = invitation;
  const person = { uid: email ?? String(userId), name, avatarUrl };
  return (
    <li>
      <PersonRow person={person} note={moment(invitedAt, language)}>
        <IconButton icon="close" label={t('invite.takeBack', { name })} onPress={onTakeBack} />
      </PersonRow>
    </li>
  );
}
