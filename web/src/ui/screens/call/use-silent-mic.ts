import { useEffect } from 'react';
import { watchLevel } from '../../../state/levels.ts';
import { faults, setFault } from '../../../state/media.ts';

/** Pure zero for this long is a dead microphone; a quiet room is never zero. */
const SILENT_MS = 10_000;

/** Warns somebody who talks into a microphone that gives nothing. */
export function useSilentMic(localStream: MediaStream | undefined, on: boolean): void {
  const mic = localStream?.getAudioTracks()[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a stream is changed in place when another microphone is taken.
  useEffect(() => {
    if (!localStream || !on) return;
    let heard = performance.now();
    const end = watchLevel(localStream, (level) => {
      if (level > 0) heard = performance.now();
      const silent = performance.now() - heard > SILENT_MS;
      if (silent && faults.get().mic === undefined) setFault('mic', 'silent');
      else if (!silent) forgetSilence();
    });
    return () => {
      end();
      forgetSilence();
    };
  }, [localStream, on, mic]);
}

/** Muted, or with another microphone, the silence says nothing. */
function forgetSilence(): void {
  if (faults.get().mic === 'silent') setFault('mic', undefined);
}
