import { Store } from './store.ts';

/** How a stage of several people is laid out; the same for rooms and calls. */
export const layout = new Store<'grid' | 'speaker'>('grid');
/** The tile that somebody chose to see large, by its key. */
export const pinned = new Store<string | undefined>(undefined);
/** Pages of tiles, counted from 0; the stage keeps it within what there is. */
export const tilePage = new Store(0);
/** How many pages there are now. */
export const tilePages = new Store(1);

export function toggleLayout(): void {
  // A pin is a choice of its own; another layout is another choice.
  pinned.set(undefined);
  tilePage.set(0);
  layout.update((now) => (now === 'grid' ? 'speaker' : 'grid'));
}

export function togglePin(key: string): void {
  tilePage.set(0);
  pinned.update((now) => (now === key ? undefined : key));
}

export function turnPage(by: 1 | -1): void {
  tilePage.update((now) => Math.min(tilePages.get() - 1, Math.max(0, now + by)));
}

export function resetStage(): void {
  layout.set('grid');
  pinned.set(undefined);
  tilePage.set(0);
  tilePages.set(1);
}
