import { setLanguage, startWords } from '../i18n/index.ts';
import { isLive } from './call-view.ts';
import { client, close, connection, open, watchNetwork } from './connection.ts';
import { contacts, loadContacts, wireContacts } from './contacts.ts';
import { watchDevices } from './devices.ts';
import { watchFullscreen } from './fullscreen.ts';
import { groups, loadGroups } from './groups.ts';
import { forgetGuest } from './guest.ts';
import { forgetPeople } from './known-people.ts';
import { loadPast, missedCount, past } from './past-calls.ts';
import { comeBack, current, endings, forgetCalls, ring } from './phone.ts';
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
  // Lists are read again whenever the connection opens, for frames were missed.
  connection.subscribe(() => {
    if (connection.get() === 'open' && client.get()) readLists();
  });
  attend();
}

function personOf(): boolean {
  return session.get().status === 'in';
}

function attend(): void {
  const now = session.get();
  if (now.status === 'in') {
    forgetGuest();
    open(wire);
    // Shown by the profile page when it fails; the app works without it.
    void loadProfile().catch(() => undefined);
    return;
  }
  if (now.expired && isLive(current.get())) return;
  close();
  forgetCalls();
  for (const loader of [contacts, groups, past]) loader.reset();
  forgetPeople();
  missedCount.set(0);
}

function wire(opened: Client): void {
  wireContacts(opened);
  opened.on('incoming', ring);
  opened.on('call', comeBack);
  readLists();
}

/** The history borrows names from the contacts and the groups. */
function readLists(): void {
  void Promise.all([loadContacts(), loadGroups()]).then(loadPast);
}
