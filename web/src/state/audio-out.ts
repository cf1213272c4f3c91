import { Store } from './store.ts';

/** True while the browser refuses to play the others' voices until the person clicks. */
export const audioBlocked = new Store(false);

const playing = new Set<HTMLMediaElement>();

/** Plays somebody's voice; the answer ends it. */
export function playVoice(element: HTMLMediaElement, stream: MediaStream): () => void {
  element.srcObject = stream;
  playing.add(element);
  void tryPlay(element);
  return () => {
    playing.delete(element);
    element.srcObject = null;
    if (playing.size === 0) audioBlocked.set(false);
  };
}

/** After a click the browser lets sound through. */
export async function unblockAudio(): Promise<void> {
  audioBlocked.set(false);
  await Promise.all([...playing].map(tryPlay));
}

export async function setSpeaker(element: HTMLMediaElement, deviceId: string): Promise<void> {
  if (!('setSinkId' in element)) return;
  try {
    await element.setSinkId(deviceId);
  } catch {
    // The speaker is gone: the default one plays.
    await element.setSinkId('');
  }
}

async function tryPlay(element: HTMLMediaElement): Promise<void> {
  try {
    await element.play();
  } catch (error) {
    // An AbortError only says that a newer stream took its place.
    if (error instanceof DOMException && error.name === 'NotAllowedError') audioBlocked.set(true);
  }
}
