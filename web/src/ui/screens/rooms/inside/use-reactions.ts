import { useRoomContext } from '@livekit/components-react';
import { type RemoteParticipant, RoomEvent } from 'livekit-client';
import { useEffect, useState } from 'react';
import { say } from '../../../../state/announcer.ts';

/** What may be sent: anything else that comes is nobody's to show. */
export const REACTIONS = ['👍', '👏', '❤️', '😂', '😮', '🎉', '🤔', '👎'] as const;
const TOPIC = 'reaction';
/** As long as the picture of it floats. */
const SHOWN_MS = 3000;

/** What somebody reacts with right now, by identity. */
export type Reactions = ReadonlyMap<string, string>;

/** The reactions in the air. Nobody keeps them. */
export function useReactions(): Reactions {
  const room = useRoomContext();
  const [now, setNow] = useState<Reactions>(new Map());
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const show = (identity: string, emoji: string) => {
      clearTimeout(timers.get(identity));
      setNow((before) => new Map(before).set(identity, emoji));
      timers.set(
        identity,
        setTimeout(() => {
          setNow((before) => new Map([...before].filter(([who]) => who !== identity)));
        }, SHOWN_MS),
      );
    };
    const came = (payload: Uint8Array, from?: RemoteParticipant, _kind?: unknown, topic?: string) => {
      const emoji = new TextDecoder().decode(payload);
      if (topic !== TOPIC || !from || !REACTIONS.some((one) => one === emoji)) return;
      show(from.identity, emoji);
      say('room.reacted', { name: from.name || from.identity, emoji });
    };
    const sent = (event: Event) => {
      if (event instanceof CustomEvent) show(room.localParticipant.identity, String(event.detail));
    };
    room.on(RoomEvent.DataReceived, came);
    own.addEventListener('reaction', sent);
    return () => {
      room.off(RoomEvent.DataReceived, came);
      own.removeEventListener('reaction', sent);
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [room]);
  return now;
}

/** One's own reactions, which no server sends back. */
const own = new EventTarget();

/** Sends a reaction to everybody. */
export function useReact(): (emoji: string) => void {
  const room = useRoomContext();
  return (emoji) => {
    own.dispatchEvent(new CustomEvent('reaction', { detail: emoji }));
    const payload = new TextEncoder().encode(emoji);
    room.localParticipant
      .publishData(payload, { topic: TOPIC, reliable: true })
      .catch((error: unknown) => console.warn(error));
  };
}
