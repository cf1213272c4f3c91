import { useEffect } from 'react';
import type { WordKey } from '../../../../i18n/index.ts';
import { say } from '../../../../state/announcer.ts';
import type { MeetingPlace } from '../../../../state/meet-place.ts';
import { prefs } from '../../../../state/prefs.ts';
import type { MeetingRole } from '../../../../state/sdk.ts';
import { toast } from '../../../../state/toasts.ts';
import { playOnce } from '../../../../state/tones.ts';
import type { Inside } from '../../../../state/visit.ts';

const roleWords: Record<MeetingRole, WordKey> = {
  host: 'meet.nowHost',
  moderator: 'meet.nowModerator',
  participant: 'meet.nowParticipant',
};

/** Tells who knocks, by a sound too, and what was done to oneself and by whom. */
export function useMeetNews({ media }: Inside, place: MeetingPlace): void {
  useEffect(() => {
    const { line } = place;
    if (!line) return;
    let own = line.view.role;
    const ends = [
      line.on('knock', ({ name }) => {
        playOnce('knock', prefs.get().audiooutput);
        say('meet.knocked', { name });
      }),
      line.on('role', ({ userId, role }) => {
        if (userId !== line.view.userId || role === own) return;
        own = role;
        toast('info', roleWords[role]);
      }),
      line.on('muted', ({ people, kinds, by }) => {
        if (!people.some(({ userId }) => userId === line.view.userId)) return;
        const name = by === null ? undefined : line.view.people.get(by)?.name;
        const camera = !kinds.includes('audio') && kinds.includes('video');
        if (name) toast('warn', camera ? 'meet.cameraOffBy' : 'meet.mutedBy', { name });
        else toast('warn', camera ? 'meet.cameraOffByHost' : 'room.mutedByHost');
      }),
    ];
    media.silenced = (source) => {
      // Of a microphone the line says who it was.
      if (source === 'share') toast('warn', 'room.shareStopped');
    };
    return () => {
      for (const end of ends) end();
      media.silenced = () => undefined;
    };
  }, [media, place]);
}
