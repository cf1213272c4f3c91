import { Rest } from './rest.ts';

/** A registered user of Parley's own accounts. */
export interface Account {
  id: number;
  /** What calls, contacts and groups name this person by. */
  uid: string;
  username: string;
  email: string | null;
  nickname: string;
  role: 'user' | 'admin';
  avatarUrl: string | null;
  status: 'active' | 'banned' | 'deleted';
  createdAt: Date;
  updatedAt: Date;
}

/** What signing in gives. `refreshToken` works once; a refresh brings the next. */
export interface Session {
  token: string;
  refreshToken: string;
  /** Seconds the token is good for. */
  expiresIn: number;
  account: Account;
}

export interface Registration {
  username: string;
  email?: string;
  password: string;
  nickname?: string;
}

/** Accounts of a server that keeps its own; a host application brings tokens of its own instead. */
export interface Accounts {
  register(registration: Registration): Promise<Account>;
  login(credentials: { username: string; password: string }): Promise<Session>;
  refresh(refreshToken: string): Promise<Session>;
  profile(token: string): Promise<Account>;
  updateProfile(token: string, changes: ProfileChanges): Promise<Account>;
  /** A link by mail, if anybody has this address; the answer does not say. */
  forgotPassword(email: string): Promise<void>;
  /** Rejects with `unauthenticated` when the link was used or is older than half an hour. */
  resetPassword(resetToken: string, newPassword: string): Promise<void>;
  /** Every other session ends; this one goes on with the tokens that come back. */
  changePassword(token: string, oldPassword: string, newPassword: string): Promise<Session>;
  /** PNG, JPEG or WebP of at most 5 MB. */
  uploadAvatar(token: string, picture: Blob): Promise<Account>;
  /** For good. A password that is given must be right. */
  deleteAccount(token: string, password?: string): Promise<void>;
}

export interface ProfileChanges {
  nickname?: string;
  email?: string;
  avatarUrl?: string | null;
}

/** What every answer of the accounts' API is wrapped in. */
export interface Envelope<T> {
  data: T;
}

export interface WireAccount {
  user_id: number;
  uid: string;
  username: string;
  email?: string | null;
  nickname?: string | null;
  role: Account['role'];
  avatar_url?: string | null;
  status: Account['status'];
  created_at: string;
  updated_at: string;
}

interface WireSession {
  token: string;
  refresh_token: string;
  expires_in: number;
  user: WireAccount;
}

/** The accounts of the server at `url`. Failures are `ParleyError`s with the business `code` in details. */
export function accounts(url: string): Accounts {
  const rest = new Rest(url);
  return {
    async register(registration) {
      return accountOf(await rest.post<Envelope<WireAccount>>('/api/v1/auth/register', registration));
    },
    async login(credentials) {
      return sessionOf(await rest.post<Envelope<WireSession>>('/api/v1/auth/login', credentials));
    },
    async refresh(refreshToken) {
      const body = { refresh_token: refreshToken };
      return sessionOf(await rest.post<Envelope<WireSession>>('/api/v1/auth/refresh', body));
    },
    async profile(token) {
      const path = '/api/v1/users/profile';
      return accountOf(await rest.request<Envelope<WireAccount>>('GET', path, undefined, token));
    },
    async updateProfile(token, { avatarUrl, ...changes }) {
      const body = avatarUrl === undefined ? changes : { ...changes, avatar_url: avatarUrl };
      return accountOf(await rest.put<Envelope<WireAccount>>('/api/v1/users/profile', body, token));
    },
    async forgotPassword(email) {
      await rest.post('/api/v1/auth/forgot-password', { email });
    },
    async resetPassword(resetToken, newPassword) {
      await rest.post('/api/v1/auth/reset-password', { token: resetToken, new_password: newPassword });
    },
    async changePassword(token, oldPassword, newPassword) {
      const body = { old_password: oldPassword, new_password: newPassword };
      return sessionOf(await rest.post<Envelope<WireSession>>('/api/v1/users/change-password', body, token));
    },
    async uploadAvatar(token, picture) {
      const form = new FormData();
      form.append('file', picture);
      return accountOf(await rest.post<Envelope<WireAccount>>('/api/v1/users/upload-avatar', form, token));
    },
    async deleteAccount(token, password) {
      const body = password === undefined ? {} : { password };
      await rest.request('DELETE', '/api/v1/users/account', body, token);
    },
  };
}

export function accountOf({ data }: Envelope<WireAccount>): Account {
  return {
    id: data.user_id,
    uid: data.uid,
    username: data.username,
    email: data.email ?? null,
    nickname: data.nickname || data.username,
    role: data.role,
    avatarUrl: data.avatar_url || null,
    status: data.status,
    createdAt: new Date(data.created_at),
    updatedAt: new Date(data.updated_at),
  };
}

const sessionOf = ({ data }: Envelope<WireSession>): Session => ({
  token: data.token,
  refreshToken: data.refresh_token,
  expiresIn: data.expires_in,
  account: accountOf({ data: data.user }),
});
