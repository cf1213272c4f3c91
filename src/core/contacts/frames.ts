import type { User } from '../users/user.ts';

/** Parley's own frames about contacts, ready to send: they go to one person's sockets and nowhere else. */
export function contactFrame(type: 'contact:request' | 'contact:accepted', about: User, at: number): string {
  const data = {
    uid: about.uid,
    senderInfo: {
      id: about.id,
      username: about.username ?? about.displayName,
      avatar: about.avatarUrl ?? '',
    },
    timestamp: new Date(at).toISOString(),
  };
  return JSON.stringify({ type, data });
}
