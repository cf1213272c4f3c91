import { useEffect } from 'react';
import type { CallView } from '../../../state/call-view.ts';
import { watchLevel } from '../../../state/levels.ts';
import { faults, setFault } from '../../../state/media.ts';

/** Pure zero for this long is a dead microphone; a quiet room is never zero. */
const SILENT_MS = 10_000;

/** Warns somebody who talks into a microphone that gives nothing. */
export function useSilentMic(view: CallView): void {
  const { localStream, muted } = view;
  const on = view.state === 'connected' && !muted;
  useEffect(() => {
    if (!localStream || !on) return;
    let heard = performance.now();
    return watchLevel(localStream, (level) => {
      if (level > 0) heard = performance.now();
      const silent = performance.now() - heard > SILENT_MS;
      const { mic } = faults.get();
      if (silent && mic === undefined) setFault('mic', 'silent');
      else if (!silent && mic === 'silent') setFault('mic', undefined);
    });
  }, [localStream, on]);
}
