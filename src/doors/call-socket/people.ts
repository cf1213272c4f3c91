import type { App } from '../../core/app.ts';
import type { PersonInfo } from './deliveries.ts';

/** People as frames show them, read anew each time so that a name is never an old one. */
export async function peopleInfo(app: App, ids: readonly number[]): Promise<Map<number, PersonInfo>> {
  if (ids.length === 0) return new Map();
  const users = await app.store.read.users.byIds(ids);
  return new Map(
    users.map(({ id, uid, username, displayName, avatarUrl }) => [
      id,
      { id, username: username ?? (displayName || uid), avatar: avatarUrl ?? '' },
    ]),
  );
}
