import type { WordKey, WordValues } from '../i18n/index.ts';
import { problemOf } from './errors.ts';
import { Store } from './store.ts';

/** A short notice that goes away by itself. */
export interface Toast {
  id: number;
  kind: 'info' | 'ok' | 'warn' | 'danger';
  key: WordKey;
  values?: WordValues;
  action?: { key: WordKey; run: () => void };
}

export const toasts = new Store<readonly Toast[]>([]);

/** Toasts stay 5 s, those with something to do 8; the region holds them while touched or focused. */
export const toastLife = (toast: Toast): number => (toast.action ? 8000 : 5000);

let last = 0;

export function toast(
  kind: Toast['kind'],
  key: WordKey,
  values?: WordValues,
  action?: Toast['action'],
): void {
  const id = ++last;
  const next: Toast = { id, kind, key, ...(values ? { values } : {}), ...(action ? { action } : {}) };
  // The same words twice say no more than once; three are all a person reads.
  toasts.update((now) => [...now.filter((t) => !same(t, next)), next].slice(-3));
}

/** What a person asked for did not happen. */
export function toastProblem(error: unknown): void {
  toast('danger', problemOf(error).title);
}

export function dismiss(id: number): void {
  toasts.update((now) => now.filter((t) => t.id !== id));
}

function same(a: Toast, b: Toast): boolean {
  return a.key === b.key && JSON.stringify(a.values) === JSON.stringify(b.values);
}
