/** A person. `id` is for the contracts that count, `uid` for those that name; neither ever changes. */
export interface User {
  id: number;
  uid: string;
  /** What somebody signs in with; people provisioned by a host application may have none. */
  username: string | null;
  email: string | null;
  displayName: string;
  avatarUrl: string | null;
  role: 'user' | 'admin';
  status: 'active' | 'banned' | 'deleted';
  /** Part of every token; raising it voids the tokens issued before and cuts live sockets. */
  tokenVersion: number;
  createdAt: number;
  updatedAt: number;
  /** Somebody without an account: the one meeting that they may come to. */
  guestOf: number | null;
}
