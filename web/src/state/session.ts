import { reasonOf } from './errors.ts';
import { type Account, accounts, type Session as Signed } from './sdk.ts';
import { Store } from './store.ts';
import { fresh, readTokens, renew, TOKENS_KEY, type Tokens, writeTokens } from './tokens.ts';

/** A person's own account. */
export interface Profile {
  id: number;
  username: string;
  name: string;
  email: string;
  avatarUrl: string | null;
  admin: boolean;
}

export type Session =
  | { status: 'out'; expired: boolean }
  | { status: 'in'; tokens: Tokens; profile?: Profile };

const api = accounts(location.origin);

const stored = readTokens();
export const session = new Store<Session>(
  stored ? { status: 'in', tokens: stored } : { status: 'out', expired: false },
);

export async function signIn(username: string, password: string): Promise<void> {
  enter(tokensOf(await api.login({ username, password })));
  await loadProfile();
}

export interface NewAccount {
  username: string;
  password: string;
  nickname?: string;
  email?: string;
}

/** Makes an account and signs in with it. Says whether it became the administrator. */
export async function register(account: NewAccount): Promise<{ admin: boolean }> {
  await api.register(account);
  await signIn(account.username, account.password);
  const now = session.get();
  return { admin: now.status === 'in' && now.profile?.admin === true };
}

/** Forgets this device's sign-in. */
export function signOut(): void {
  writeTokens(undefined);
  session.set({ status: 'out', expired: false });
}

/** The sign-in no longer holds: the server said so. A call that is on goes on. */
export function expire(): void {
  if (session.get().status === 'out') return;
  writeTokens(undefined);
  session.set({ status: 'out', expired: true });
}

let renewing: Promise<Tokens> | undefined;

/** A good token, renewed when needed; the SDK asks for it whenever it connects. */
export async function token(): Promise<string> {
  const now = session.get();
  if (now.status === 'out') throw new Error('Signed out');
  if (fresh(now.tokens, Date.now())) return now.tokens.token;
  renewing ??= renew(now.tokens, async (refresh) => tokensOf(await api.refresh(refresh))).finally(() => {
    renewing = undefined;
  });
  try {
    const tokens = await renewing;
    session.update((s) => (s.status === 'in' ? { ...s, tokens } : s));
    return tokens.token;
  } catch (error) {
    if (reasonOf(error) === 'unauthenticated') expire();
    throw error;
  }
}

export async function loadProfile(): Promise<void> {
  try {
    keep(await api.profile(await token()));
  } catch (error) {
    if (reasonOf(error) === 'unauthenticated') expire();
    throw error;
  }
}

export async function saveProfile(change: {
  name?: string;
  email?: string;
  avatarUrl?: string;
}): Promise<void> {
  const saved = await api.updateProfile(await token(), {
    ...(change.name === undefined ? {} : { nickname: change.name }),
    ...(change.email === undefined ? {} : { email: change.email }),
    ...(change.avatarUrl === undefined ? {} : { avatarUrl: change.avatarUrl || null }),
  });
  keep(saved);
}

/** A link by mail, if anybody has this address. */
export function forgotPassword(email: string): Promise<void> {
  return api.forgotPassword(email);
}

export function resetPassword(resetToken: string, password: string): Promise<void> {
  return api.resetPassword(resetToken, password);
}

/** Other devices are signed out; this one goes on with the tokens that come back. */
export async function changePassword(old: string, next: string): Promise<void> {
  const tokens = tokensOf(await api.changePassword(await token(), old, next));
  writeTokens(tokens);
  session.update((s) => (s.status === 'in' ? { ...s, tokens } : s));
}

export async function uploadPicture(picture: Blob): Promise<void> {
  keep(await api.uploadAvatar(await token(), picture));
}

/** For good; what is on ends with it. */
export async function deleteAccount(password: string): Promise<void> {
  await api.deleteAccount(await token(), password);
  signOut();
}

/** Signs out or in when another tab does. */
export function followOtherTabs(): void {
  window.addEventListener('storage', (event) => {
    if (event.key !== TOKENS_KEY) return;
    const tokens = readTokens();
    const now = session.get();
    if (!tokens && now.status === 'in') session.set({ status: 'out', expired: false });
    else if (tokens && now.status === 'in') session.set({ ...now, tokens });
    else if (tokens) enter(tokens);
  });
}

function enter(tokens: Tokens): void {
  writeTokens(tokens);
  session.set({ status: 'in', tokens });
}

function tokensOf(signed: Signed): Tokens {
  return {
    token: signed.token,
    refresh: signed.refreshToken,
    expiresAt: Date.now() + signed.expiresIn * 1000,
  };
}

function keep(account: Account): void {
  session.update((s) => (s.status === 'in' ? { ...s, profile: profileOf(account) } : s));
}

function profileOf(account: Account): Profile {
  return {
    id: account.id,
    username: account.username,
    name: account.nickname || account.username,
    email: account.email ?? '',
    avatarUrl: account.avatarUrl,
    admin: account.role === 'admin',
  };
}
