import { Store } from './store.ts';

/** Every address of the app. `id` is a group's id, a settings section, a room's name or a meeting's number. */
export type Route =
  | {
      name:
        | 'login'
        | 'register'
        | 'forgot-password'
        | 'reset-password'
        | 'calls'
        | 'contacts'
        | 'history'
        | 'call'
        | 'unknown';
    }
  | { name: 'groups' | 'settings' | 'rooms' | 'meetings' | 'meet' | 'admin'; id?: string };

const plain = [
  'login',
  'register',
  'forgot-password',
  'reset-password',
  'calls',
  'contacts',
  'history',
  'call',
] as const;
const withId = ['groups', 'settings', 'rooms', 'meetings', 'meet', 'admin'] as const;

export function parseRoute(path: string): Route {
  const [first = '', second, ...rest] = path.replace(/^\/+|\/+$/g, '').split('/');
  if (first === '') return { name: 'calls' };
  if (rest.length > 0) return { name: 'unknown' };
  const one = plain.find((name) => name === first);
  if (one) return second === undefined ? { name: one } : { name: 'unknown' };
  const two = withId.find((name) => name === first);
  if (!two) return { name: 'unknown' };
  if (second === undefined) return { name: two };
  try {
    return { name: two, id: decodeURIComponent(second) };
  } catch {
    return { name: 'unknown' };
  }
}

export const path = new Store<string>(typeof location === 'undefined' ? '/' : location.pathname);

/** Goes to a page of the app. `replace` leaves no step back. */
export function go(to: string, options: { replace?: boolean } = {}): void {
  if (to === path.get()) return;
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  path.set(to);
}

export function startRouter(): void {
  window.addEventListener('popstate', () => path.set(location.pathname));
}

const PLACE = 'parley.place';

/** Where somebody wanted to go before they had to sign in. Kept for the tab: signing in may take a reload. */
export function keepPlace(to: string): void {
  try {
    sessionStorage.setItem(PLACE, to);
  } catch {
    // Without storage the link has to be opened again.
  }
}

/** That place, once. */
export function takePlace(): string | undefined {
  try {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    return kept && parseRoute(kept).name !== 'unknown' ? kept : undefined;
  } catch {
    return undefined;
  }
}
