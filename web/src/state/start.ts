import { setLanguage, startWords } from '../i18n/index.ts';
import { isLive } from './call-view.ts';
import { client, close, connection, open, watchNetwork } from './connection.ts';
import { contacts, loadContacts, wireContacts } from './contacts.ts';
import { watchDevices } from './devices.ts';
import { watchFullscreen } from './fullscreen.ts';
import { groups, loadGroups } from './groups.ts';
import { loadPast, missedCount, past } from './past-calls.ts';
import { appear, current, endings, forgetCalls } from './phone.ts';
import { followOtherTabs as followPrefs, languageOf, prefs } from './prefs.ts';
import { startRinger } from './ringer.ts';
import { startRouter } from './router.ts';
import type { Client } from './sdk.ts';
import { followOtherTabs as followSession, loadProfile, session } from './session.ts';
import { startShortcuts } from './shortcuts.ts';
import { startTheme } from './theme.ts';

/** Starts everything that is not drawn. */
export function start(): void {
  const language = () => languageOf(prefs.get().language, navigator.languages);
  startWords(language());
  prefs.subscribe(() => setLanguage(language()));
  startTheme();
  startRouter();
  followPrefs();
  followSession();
  watchNetwork();
  watchDevices();
  watchFullscreen();
  startRinger();
  startShortcuts();
  let who = personOf();
  session.subscribe(() => {
    if (personOf() !== who) {
      who = personOf();
      attend();
    }
  });
  // A sign-in that ran out during a call lets the call end first.
  current.subscribe(() => {
    if (session.get().status === 'out' && !isLive(current.get())) close();
  });
  endings.subscribe(() => void loadPast());
  attend();
}

function personOf(): boolean {
  return session.get().status === 'in';
}

function attend(): void {
  const now = session.get();
  if (now.status === 'in') {
    void open(wire);
    // Shown by the profile page when it fails; the app works without it.
    void loadProfile().catch(() => undefined);
    return;
  }
  if (now.expired && isLive(current.get())) return;
  close();
  forgetCalls();
  for (const loader of [contacts, groups, past]) loader.reset();
  missedCount.set(0);
}

function wire(opened: Client): void {
  wireContacts(opened);
  opened.on('incoming', appear);
  opened.on('call', appear);
  // Lists are read when the connection opens, and again after each gap, for frames were missed.
  let wasOpen = false;
  const read = () => {
    if (connection.get() !== 'open') {
      wasOpen = false;
      return;
    }
    if (wasOpen || client.get() !== opened) return;
    wasOpen = true;
    // The history borrows names from both.
    void Promise.all([loadContacts(), loadGroups()]).then(loadPast);
  };
  connection.subscribe(read);
  client.subscribe(read);
}
