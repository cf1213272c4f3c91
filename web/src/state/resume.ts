import type { CallView } from './call-view.ts';
import type { Call } from './sdk.ts';

const KEY = 'parley.incall';

interface Kept {
  id: string;
  muted: boolean;
  videoOn: boolean;
}

/** Keeps what a person had switched off, for a reload must not switch it on again. */
export function remember(view: CallView): void {
  const kept: Kept = { id: view.id, muted: view.muted, videoOn: view.videoOn && !view.sharing };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Without storage the call comes back as it began.
  }
}

/** A call that was taken up again after a reload gets back what was off before. */
export function restore(call: Call): void {
  const kept = read();
  if (kept?.id !== call.id) return;
  const apply = () => {
    if (!call.localStream) return;
    call.off('local', apply);
    if (kept.muted && !call.muted) void call.mute(true);
    if (!kept.videoOn && call.videoOn) void call.camera(false);
  };
  call.on('local', apply);
  apply();
}

function read(): Kept | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (typeof value !== 'object' || value === null) return undefined;
    const { id, muted, videoOn } = value as Record<string, unknown>;
    return typeof id === 'string' ? { id, muted: muted === true, videoOn: videoOn === true } : undefined;
  } catch {
    return undefined;
  }
}
