import type { WordKey } from '../i18n/index.ts';

export type Device = 'mic' | 'cam';
export type MediaFault =
  | 'denied'
  | 'system_denied'
  | 'missing'
  | 'in_use'
  | 'insecure'
  | 'silent'
  | 'unplugged';

/** What an exception of `getUserMedia` means to a person. */
export function faultOf(error: unknown): MediaFault {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const message = error instanceof Error || error instanceof DOMException ? error.message : '';
  if (name === 'NotAllowedError') return /system/i.test(message) ? 'system_denied' : 'denied';
  if (name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'TypeError') return 'insecure';
  return 'in_use';
}

interface FaultWords {
  title: WordKey;
  cure?: WordKey;
}

const words: Record<Device, Record<MediaFault, FaultWords>> = {
  mic: {
    denied: { title: 'media.denied', cure: 'media.deniedCure' },
    system_denied: { title: 'media.systemDenied', cure: 'media.systemDeniedCure' },
    missing: { title: 'media.noMic', cure: 'media.noMicCure' },
    in_use: { title: 'media.micInUse' },
    insecure: { title: 'media.insecure', cure: 'media.insecureCure' },
    silent: { title: 'media.silent' },
    unplugged: { title: 'media.unplugged' },
  },
  cam: {
    denied: { title: 'media.camDenied', cure: 'media.camDeniedCure' },
    system_denied: { title: 'media.camSystemDenied', cure: 'media.systemDeniedCure' },
    missing: { title: 'media.none', cure: 'media.noneCure' },
    in_use: { title: 'media.inUse', cure: 'media.inUseCure' },
    insecure: { title: 'media.insecure', cure: 'media.insecureCure' },
    silent: { title: 'media.none' },
    unplugged: { title: 'media.unplugged' },
  },
};

export function faultWords(device: Device, fault: MediaFault): FaultWords {
  return words[device][fault];
}
