import { useEffect } from 'react';
import type { RoomPlace } from '../../../../state/room-place.ts';
import { toast } from '../../../../state/toasts.ts';
import type { Inside } from '../../../../state/visit.ts';
import { nameOf } from './use-stage-news.ts';

/** Tells what was done to oneself. In a room nobody but its creator can have done it. */
export function useRoomNews({ media }: Inside, place: RoomPlace): void {
  useEffect(() => {
    media.silenced = (source) => {
      const host = media.room.remoteParticipants.get(place.creator ?? '');
      if (source === 'share') toast('warn', 'room.shareStopped');
      else if (host) toast('warn', 'room.mutedBy', { name: nameOf(host) });
      else toast('warn', 'room.mutedByHost');
    };
    return () => {
      media.silenced = () => undefined;
    };
  }, [media, place]);
}
