import { useWords } from '../i18n/use-words.ts';
import { type DeviceKind, devices } from '../state/devices.ts';
import { prefs } from '../state/prefs.ts';
import type { Choice } from './select.tsx';
import { useStore } from './use-store.ts';

const words = {
  audioinput: ['media.microphone', 'media.micN'],
  audiooutput: ['media.speaker', 'media.speakerN'],
  videoinput: ['media.camera', 'media.camN'],
} as const;

const DEFAULT = 'default';

interface DeviceChoices {
  title: string;
  choices: readonly Choice[];
  selected: string;
}

/** The devices of a kind to choose from, the browser's default first. */
export function useDeviceChoices(kind: DeviceKind): DeviceChoices {
  const { t } = useWords();
  const list = useStore(devices)[kind];
  const chosen = useStore(prefs)[kind];
  const [title, numbered] = words[kind];
  const choices = [
    { id: DEFAULT, title: t('media.default') },
    ...list.map((d, n) => ({ id: d.id, title: d.label || t(numbered, { n: n + 1 }) })),
  ];
  return {
    title: t(title),
    choices,
    selected: choices.some((c) => c.id === chosen) ? chosen : DEFAULT,
  };
}

/** A choice as it is kept: nothing for the default. */
export const deviceOf = (choice: string): string => (choice === DEFAULT ? '' : choice);
