import type { WordKey } from '../i18n/index.ts';
import { need, reconnectDelay } from './connection.ts';
import { detailOf, type Refused, refusedBy } from './errors.ts';
import { go, keepPlace } from './router.ts';
import { comeAsGuest, Guest, type GuestDoor, type GuestPass, guestDoor, type Meetings } from './sdk.ts';
import { Store } from './store.ts';

/** Somebody without an account, in the one meeting whose link they have opened in this tab. */
export const guest = new Store<Guest | undefined>(undefined);

/** Meetings as whoever is here may use them: a guest's one, or an account's. */
export const meetingsApi = (): Meetings => guest.get()?.meetings ?? need().meetings;

const PASS = 'parley.guest';
/** Contract E's numbers. */
const WRONG_PASSWORD = 2004;
const LOCKED = 2005;
const url = location.origin;

/** What a guest said at the door is said once more on joining; a reload asks for it only who is not in yet. */
let password = '';
export const guestPassword = (): string => password;

/** What a stranger may know of a meeting. */
export const readDoor = (meetingId: number): Promise<GuestDoor> => guestDoor(url, meetingId);

/** Comes to a meeting by its link. Throws what the server has against it. */
export async function comeIn(meetingId: number, name: string, said: string): Promise<void> {
  const ask = { url, reconnectDelay, meetingId, name, ...(said !== '' && { password: said }) };
  const come = await comeAsGuest(ask);
  password = said;
  keep(come.pass);
  guest.set(come);
}

/** Whoever has come to this meeting before in this tab is the same guest after a reload. */
export function comeBackAsGuest(meetingId: number): void {
  if (guest.get()?.pass.meetingId === meetingId) return;
  const pass = kept();
  const same = pass?.meetingId === meetingId && pass.expiresAt.getTime() > Date.now();
  guest.set(same ? new Guest({ url, pass, reconnectDelay }) : undefined);
}

/** Is nobody again. */
export function forgetGuest(): void {
  password = '';
  keep(undefined);
  guest.set(undefined);
}

/** With an account after all; the way leads back to the meeting. */
export function signInFor(address: string): void {
  forgetGuest();
  keepPlace(address);
  go('/login', { replace: true });
}

export interface GuestFaults {
  name?: WordKey;
  password?: WordKey;
}

/** What the server had against a guest, at the field it is about. */
export function guestFaults(error: unknown): GuestFaults & { form?: Refused } {
  const code = Number(detailOf(error, 'code'));
  if (code === WRONG_PASSWORD) return { password: 'meet.badPassword' };
  if (code === LOCKED) return { form: { word: 'meet.isLocked' } };
  if (detailOf(error, 'field') === 'nickname') return { name: 'guest.badName' };
  return { form: refusedBy(error) };
}

function keep(pass: GuestPass | undefined): void {
  try {
    if (pass) sessionStorage.setItem(PASS, JSON.stringify(pass));
    else sessionStorage.removeItem(PASS);
  } catch {
    // Without storage a reload asks for the name again.
  }
}

function kept(): GuestPass | undefined {
  try {
    const text = sessionStorage.getItem(PASS);
    if (text === null) return undefined;
    const pass = JSON.parse(text) as GuestPass;
    return { ...pass, expiresAt: new Date(pass.expiresAt) };
  } catch {
    return undefined;
  }
}
