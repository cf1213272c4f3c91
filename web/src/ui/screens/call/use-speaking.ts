import { useEffect, useState } from 'react';
import { SpeakingWatch, watchLevel } from '../../../state/levels.ts';

/** Whether a stream's voice is to be heard right now. */
export function useSpeaking(stream: MediaStream | undefined, on: boolean): boolean {
  const [speaking, setSpeaking] = useState(false);
  const voice = stream?.getAudioTracks()[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a stream is changed in place when its voice arrives or is another.
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
  }, [stream, on, voice]);
  return speaking;
}
