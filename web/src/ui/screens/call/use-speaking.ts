import { useEffect, useState } from 'react';
import { SpeakingWatch, watchLevel } from '../../../state/levels.ts';

/** Whether a stream's voice is to be heard right now. */
export function useSpeaking(stream: MediaStream | undefined, on: boolean): boolean {
  const [speaking, setSpeaking] = useState(false);
  const tracks = stream?.getAudioTracks().length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a stream is changed in place when its voice arrives.
  useEffect(() => {
    if (!stream || !on) return;
    const watch = new SpeakingWatch();
    const stop = watch.speaking.subscribe(() => setSpeaking(watch.speaking.get()));
    const end = watchLevel(stream, (level) => watch.heard(level));
    return () => {
      stop();
      end();
      setSpeaking(false);
    };
  }, [stream, on, tracks]);
  return speaking;
}
