import { type CallView, isLive } from './call-view.ts';
import { soundsBusy } from './call-words.ts';
import type { ToneName } from './tones.ts';

/** The tone for a moment of the phone: what rings here, and the call on the screen. */
export function toneFor(rings: readonly CallView[], view: CallView | undefined): ToneName | undefined {
  if (rings.length > 0) return isLive(view) && view.state !== 'starting' ? undefined : 'ringtone';
  if (!view || view.direction === 'incoming') return undefined;
  if (view.state === 'ringing') return 'ringback';
  if (view.state === 'ended' && soundsBusy(view.call?.endReason)) return 'busy';
  return undefined;
}
