import type { User } from './user.ts';

type Shown = Pick<User, 'id' | 'uid' | 'username' | 'displayName' | 'status'>;

/**
 * What others are shown of somebody. A registered person's uid was their username, so it goes with the
 * account; in its place stands their number, which is nobody else's uid.
 */
export function shownAs({ id, uid, username, displayName, status }: Shown) {
  if (status === 'deleted') return { uid: String(id), username: displayName, nickname: displayName };
  return { uid, username: username ?? uid, nickname: displayName };
}
