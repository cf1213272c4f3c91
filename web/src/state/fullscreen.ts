import { Store } from './store.ts';

export const isFullscreen = new Store(false);
export const canFullscreen = typeof document !== 'undefined' && document.fullscreenEnabled;

export function watchFullscreen(): void {
  document.addEventListener('fullscreenchange', () => isFullscreen.set(document.fullscreenElement !== null));
}

/** The whole page goes full screen, so that dialogs and the incoming card stay visible. */
export function toggleFullscreen(): void {
  if (!canFullscreen) return;
  // A refusal (no gesture, an embedder's policy) leaves the page as it is, and the button says so.
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  else void document.documentElement.requestFullscreen().catch(() => undefined);
}
