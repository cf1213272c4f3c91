import { useIsSpeaking, useParticipantTracks } from '@livekit/components-react';
import { type Participant, Track } from 'livekit-client';
import { useWords } from '../../../../i18n/use-words.ts';
import { muteOther, removeOther } from '../../../../state/in-room.ts';
import { asKnown } from '../../../../state/known-people.ts';
import type { RoomPlace } from '../../../../state/room-place.ts';
import { type PersonAction, PersonRow } from './person-row.tsx';

interface PersonInRoomProps {
  place: RoomPlace;
  participant: Participant;
  host: boolean;
  hand: boolean;
  /** The one who looks may mute and remove others. */
  steers: boolean;
}

/** Somebody in a room, as its media has them. */
export function PersonInRoom({ place, participant, host, hand, steers }: PersonInRoomProps) {
  const { t } = useWords();
  const speaking = useIsSpeaking(participant);
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

  const actions: PersonAction[] = [];
  if (steers && !isLocal) {
    if (heard) {
      const sure = {
        title: t('room.muteTitle', { name }),
        body: t('room.muteBody'),
        action: t('media.mute'),
      };
      const run = () => void muteOther(place, identity, mic.trackSid);
      actions.push({ id: 'mute', title: t('room.mutePerson', { name }), icon: 'micOff', sure, run });
    }
    if (share) {
      const title = t('room.stopPersonShare', { name });
      const run = () => void muteOther(place, identity, share.trackSid);
      actions.push({ id: 'share', title, icon: 'shareStop', run });
    }
    actions.push({
      id: 'remove',
      title: t('room.removePerson', { name }),
      icon: 'block',
      danger: true,
      sure: { title: t('room.removeTitle', { name }), body: t('room.removeBody'), action: t('room.remove') },
      run: () => void removeOther(place, identity),
    });
  }
  const tags = [isLocal && t('common.you'), host && t('room.host')].filter((tag) => tag !== false);
  return (
    <PersonRow
      uid={identity}
      name={name}
      avatarUrl={known.avatarUrl}
      tags={tags}
      hand={hand}
      heard={heard}
      speaking={speaking}
      actions={actions}
    />
  );
}
