import { useIsSpeaking, useParticipantAttribute, useParticipantTracks } from '@livekit/components-react';
import { type Participant, Track } from 'livekit-client';
import { useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { muteOther, removeOther } from '../../../../state/in-room.ts';
import { asKnown } from '../../../../state/known-people.ts';
import { HAND } from '../../../../state/media-room.ts';
import { pinned, togglePin } from '../../../../state/stage-view.ts';
import { Avatar } from '../../../avatar.tsx';
import { Confirm } from '../../../dialog.tsx';
import { IconButton } from '../../../icon-button.tsx';
import { Icon } from '../../../icons.tsx';
import { Menu, type MenuEntry } from '../../../menu.tsx';
import { useStore } from '../../../use-store.ts';
import style from './panels.module.css';

interface PersonInRoomProps {
  participant: Participant;
  host: boolean;
  /** The one who looks may mute and remove others. */
  steers: boolean;
}

/** Somebody in the list: microphone, hand, and what can be done about them. */
export function PersonInRoom({ participant, host, steers }: PersonInRoomProps) {
  const { t } = useWords();
  const [sure, setSure] = useState<'mute' | 'remove'>();
  const speaking = useIsSpeaking(participant);
  const hand = useParticipantAttribute(HAND, { participant });
  const tracks = useParticipantTracks(
    [Track.Source.Microphone, Track.Source.ScreenShare],
    participant.identity,
  );
  const { identity, isLocal } = participant;
  const mic = tracks.find((one) => one.source === Track.Source.Microphone)?.publication;
  const share = tracks.find((one) => one.source === Track.Source.ScreenShare)?.publication;
  const heard = mic !== undefined && !mic.isMuted;
  const known = asKnown({ uid: identity, name: participant.name || identity, avatarUrl: null });
  const name = participant.name || known.name;
  const isPinned = useStore(pinned) === `face:${identity}`;

  const entries: MenuEntry[] = [
    {
      id: 'pin',
      title: t(isPinned ? 'room.unpin' : 'room.pin', { name }),
      icon: isPinned ? 'pinOff' : 'pin',
      run: () => togglePin(`face:${identity}`),
    },
  ];
  if (steers && !isLocal) {
    if (heard) {
      const title = t('room.mutePerson', { name });
      entries.push({ id: 'mute', title, icon: 'micOff', run: () => setSure('mute') });
    }
    if (share) {
      const title = t('room.stopPersonShare', { name });
      const run = () => void muteOther(identity, share.trackSid);
      entries.push({ id: 'share', title, icon: 'shareStop', run });
    }
    const title = t('room.removePerson', { name });
    entries.push({ id: 'remove', title, icon: 'block', danger: true, run: () => setSure('remove') });
  }
  return (
    <li className={style.person} data-testid={`person-${identity}`}>
      <Avatar name={name} url={known.avatarUrl} size={40} speaking={speaking} />
      <span className={style.personName}>
        {name}
        <span className={style.tags}>
          {isLocal && <span>{t('common.you')}</span>}
          {host && <span>{t('room.host')}</span>}
        </span>
      </span>
      {hand && (
        <span className={style.handUp}>
          <Icon name="hand" size={20} />
          <span className="visually-hidden">{t('room.handUp')}</span>
        </span>
      )}
      <span className={style.state}>
        <Icon name={heard ? 'mic' : 'micOff'} size={20} />
        <span className="visually-hidden">
          {heard ? (speaking ? t('room.speaking') : '') : t('call.mutedName', { name: '' })}
        </span>
      </span>
      <Menu label={t('common.moreFor', { name })} entries={entries}>
        <IconButton kind="small" icon="more" label={t('common.moreFor', { name })} />
      </Menu>
      <Confirm
        open={sure === 'mute'}
        title={t('room.muteTitle', { name })}
        body={t('room.muteBody')}
        action={t('media.mute')}
        onClose={() => setSure(undefined)}
        onConfirm={() => mic && void muteOther(identity, mic.trackSid)}
      />
      <Confirm
        open={sure === 'remove'}
        title={t('room.removeTitle', { name })}
        body={t('room.removeBody')}
        action={t('room.remove')}
        onClose={() => setSure(undefined)}
        onConfirm={() => void removeOther(identity)}
      />
    </li>
  );
}
