import { newCallId, newId } from '../../../core/ids.ts';
import type { User } from '../../../core/users/user.ts';
import type { Store } from '../../../ports/store.ts';

/** What a suite is run on: one database, open. Tests share it and make people of their own. */
export interface Subject {
  readonly store: Store;
  /** One more, as another process would have it. */
  another(): Promise<Store>;
}

type Wanted = Parameters<Parameters<Parameters<Store['transaction']>[0]>[0]['users']['insert']>[0];

export const AT = 1_800_000_000_000;

export const aUser = (uid: string, more: Partial<Wanted> = {}): Wanted => ({
  uid,
  username: null,
  email: null,
  displayName: uid,
  avatarUrl: null,
  role: 'user',
  status: 'active',
  tokenVersion: 0,
  createdAt: AT,
  updatedAt: AT,
  ...more,
});

export const uniqueUid = () => newId('u').slice(0, 40);
export const uniqueCallId = () => newCallId();

/** So many new people. */
export function people(store: Store, count: number): Promise<User[]> {
  return store.transaction(async (tx) => {
    const made: User[] = [];
    for (let i = 0; i < count; i++) made.push(await tx.users.insert(aUser(uniqueUid())));
    return made;
  });
}
