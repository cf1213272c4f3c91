import { useWords } from '../../../../i18n/use-words.ts';
import { giveRole, muteInMeeting, takeOut } from '../../../../state/in-meet.ts';
import { asKnown } from '../../../../state/known-people.ts';
import { type MeetingPlace, runs } from '../../../../state/meet-place.ts';
import type { MeetingParticipant, MeetingRole } from '../../../../state/sdk.ts';
import { type PersonAction, PersonRow } from '../../rooms/inside/person-row.tsx';

interface PersonInMeetingProps {
  place: MeetingPlace;
  person: MeetingParticipant;
  own: boolean;
  /** Of the one who looks. */
  role: MeetingRole;
  hand: boolean;
  speaking: boolean;
  /** The breakout room they are in. */
  room?: string | undefined;
}

/** Somebody in a meeting, as the server has them; what may be done about them is the looker's role's. */
export function PersonInMeeting({ place, person, own, role, hand, speaking, room }: PersonInMeetingProps) {
  const { t } = useWords();
  const { userId, uid, name, audio } = person;
  const tags = [
    own && t('common.you'),
    person.guest && t('guest.tag'),
    runs(person.role) && t(`meeting.${person.role}`),
    room !== undefined && t('breakout.isIn', { room }),
  ];
  return (
    <PersonRow
      uid={uid}
      name={name}
      avatarUrl={person.avatarUrl ?? asKnown({ uid, name, avatarUrl: null }).avatarUrl}
      tags={tags.filter((tag) => tag !== false)}
      hand={hand}
      heard={audio}
      speaking={speaking}
      actions={own || !mayActOn(role, person.role) ? [] : actions()}
    />
  );

  function actions(): PersonAction[] {
    const list: PersonAction[] = [];
    if (audio) {
      list.push({
        id: 'mute',
        title: t('room.mutePerson', { name }),
        icon: 'micOff',
        sure: { title: t('room.muteTitle', { name }), body: t('room.muteBody'), action: t('media.mute') },
        run: () => void muteInMeeting(place, userId),
      });
    }
    if (person.video) {
      const run = () => void muteInMeeting(place, userId, 'video');
      list.push({ id: 'camera', title: t('meet.cameraOff', { name }), icon: 'cameraOff', run });
    }
    // Who has no account is never host or moderator, and a breakout room has its meeting's roles.
    if (role === 'host' && !person.guest && !place.home) {
      const next = person.role === 'moderator' ? 'participant' : 'moderator';
      list.push({
        id: 'role',
        title: t(next === 'moderator' ? 'meet.makeModerator' : 'meet.makeParticipant', { name }),
        icon: 'key',
        run: () => void giveRole(place, userId, next),
      });
      list.push({
        id: 'host',
        title: t('meet.makeHost', { name }),
        icon: 'person',
        sure: {
          title: t('meet.makeHostTitle', { name }),
          body: t('meet.makeHostBody', { name }),
          action: t('meet.handOver'),
        },
        run: () => void giveRole(place, userId, 'host'),
      });
    }
    list.push({
      id: 'remove',
      title: t('room.removePerson', { name }),
      icon: 'block',
      danger: true,
      sure: { title: t('room.removeTitle', { name }), body: t('meet.removeBody'), action: t('room.remove') },
      run: () => void takeOut(place, userId),
    });
    return list;
  }
}

/** As the server has it: moderators act on participants alone. */
const mayActOn = (role: MeetingRole, target: MeetingRole): boolean =>
  role === 'host' || (role === 'moderator' && target === 'participant');
