import { useSyncExternalStore } from 'react';
import type { Readable } from '../state/store.ts';

/** The present value of a store, drawn again when it changes. */
export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
