import { type Participant, RoomEvent, Track } from 'livekit-client';
import { useEffect } from 'react';
import { say } from '../../../../state/announcer.ts';
import { Comings } from '../../../../state/comings.ts';
import { asKnown } from '../../../../state/known-people.ts';
import { toast } from '../../../../state/toasts.ts';
import type { Inside } from '../../../../state/visit.ts';

export const nameOf = (who: Participant): string =>
  who.name || asKnown({ uid: who.identity, name: who.identity, avatarUrl: null }).name;

/** Tells who comes and goes, shares, or raises a hand. */
export function useStageNews({ media, place }: Inside): void {
  useEffect(() => {
    const { room } = media;
    const comings = new Comings(say);
    const size = () => room.remoteParticipants.size + 1;
    const came = (who: Participant) => comings.came(nameOf(who), size());
    const went = (who: Participant) => comings.went(nameOf(who), size());
    const shares = (publication: { source: Track.Source }, who: Participant) => {
      if (publication.source === Track.Source.ScreenShare) say('room.sharing', { name: nameOf(who) });
    };
    let up = place.hands.get();
    const raised = () => {
      const before = up;
      up = place.hands.get();
      for (const uid of up) {
        const who = before.has(uid) ? undefined : room.remoteParticipants.get(uid);
        if (who) toast('info', 'room.handOf', { name: nameOf(who) });
      }
    };
    const end = place.hands.subscribe(raised);
    room
      .on(RoomEvent.ParticipantConnected, came)
      .on(RoomEvent.ParticipantDisconnected, went)
      .on(RoomEvent.TrackPublished, shares);
    return () => {
      comings.close();
      end();
      room
        .off(RoomEvent.ParticipantConnected, came)
        .off(RoomEvent.ParticipantDisconnected, went)
        .off(RoomEvent.TrackPublished, shares);
    };
  }, [media, place]);
}
