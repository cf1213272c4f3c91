import { useEffect, useState } from 'react';
import { SpeakingWatch, watchLevel } from '../../../state/levels.ts';
import type { Participant } from '../../../state/sdk.ts';

/** Who of a call is to be heard right now, by uid. */
export function useSpeakers(people: readonly Participant[]): ReadonlySet<string> {
  const [speaking, setSpeaking] = useState<ReadonlySet<string>>(new Set());
  const heard = people.filter((p) => p.state === 'joined' && !p.muted && p.stream);
  // A stream is changed in place when its voice arrives or is another.
  const voices = heard.map((p) => `${p.person.uid} ${p.stream?.getAudioTracks()[0]?.id}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the voices say all that matters of the people.
  useEffect(() => {
    const ends = heard.flatMap(({ person: { uid }, stream }) => {
      if (!stream) return [];
      const watch = new SpeakingWatch();
      const stop = watch.speaking.subscribe(() => {
        const on = watch.speaking.get();
        setSpeaking((now) => new Set(on ? [...now, uid] : [...now].filter((one) => one !== uid)));
      });
      return [watchLevel(stream, (level) => watch.heard(level)), stop];
    });
    return () => {
      for (const end of ends) end();
      setSpeaking(new Set());
    };
  }, [voices]);
  return speaking;
}
