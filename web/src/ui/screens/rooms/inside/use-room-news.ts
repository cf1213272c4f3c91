import { type Participant, RoomEvent, Track } from 'livekit-client';
import { useEffect } from 'react';
import { say } from '../../../../state/announcer.ts';
import { Comings } from '../../../../state/comings.ts';
import { asKnown } from '../../../../state/known-people.ts';
import { HAND } from '../../../../state/media-room.ts';
import { toast } from '../../../../state/toasts.ts';
import type { Inside } from './room-inside.tsx';

const nameOf = (who: Participant) =>
  who.name || asKnown({ uid: who.identity, name: who.identity, avatarUrl: null }).name;

/** Tells who comes and goes, shares, raises a hand, and what was done to oneself. */
export function useRoomNews({ media, entry }: Inside): void {
  useEffect(() => {
    const { room } = media;
    const comings = new Comings(say);
    const size = () => room.remoteParticipants.size + 1;
    const came = (who: Participant) => comings.came(nameOf(who), size());
    const went = (who: Participant) => comings.went(nameOf(who), size());
    const shares = (publication: { source: Track.Source }, who: Participant) => {
      if (publication.source === Track.Source.ScreenShare) say('room.sharing', { name: nameOf(who) });
    };
    const changed = (attributes: Record<string, string>, who: Participant) => {
      if (!who.isLocal && attributes[HAND]) toast('info', 'room.handOf', { name: nameOf(who) });
    };
    room
      .on(RoomEvent.ParticipantConnected, came)
      .on(RoomEvent.ParticipantDisconnected, went)
      .on(RoomEvent.TrackPublished, shares)
      .on(RoomEvent.ParticipantAttributesChanged, changed);
    media.silenced = (source) => {
      const host = room.remoteParticipants.get(entry.creator);
      if (source === 'share') toast('warn', 'room.shareStopped');
      else if (host) toast('warn', 'room.mutedBy', { name: nameOf(host) });
      else toast('warn', 'room.mutedByHost');
    };
    return () => {
      comings.close();
      media.silenced = () => undefined;
      room
        .off(RoomEvent.ParticipantConnected, came)
        .off(RoomEvent.ParticipantDisconnected, went)
        .off(RoomEvent.TrackPublished, shares)
        .off(RoomEvent.ParticipantAttributesChanged, changed);
    };
  }, [media, entry]);
}
