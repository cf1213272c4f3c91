import { prefs } from './prefs.ts';
import { Store } from './store.ts';

export const theme = new Store<'light' | 'dark'>('light');

/** Keeps the page in the chosen theme; `auto` follows the system. */
export function startTheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const choice = prefs.get().theme;
    theme.set(choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice);
    document.documentElement.dataset.theme = theme.get();
    const bar = document.querySelector<HTMLMetaElement>('meta[name="theme-color"]');
    if (bar) bar.content = theme.get() === 'dark' ? '#101513' : '#F6F7F5';
  };
  dark.addEventListener('change', apply);
  prefs.subscribe(apply);
  apply();
}
