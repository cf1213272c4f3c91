import type { App } from '../../core/app.ts';
import { Turns } from '../../core/presence/index.ts';

/** Tells the contacts that are here when somebody comes or goes. Answers how to stop. */
export function tellPresence(app: App, failed: (error: unknown) => void): () => void {
  const turns = new Turns<number>();
  const { local } = app.presence;
  return app.bus.subscribe('presence', ({ userId, uid, online }) => {
    const others = local.people - (local.has(userId) ? 1 : 0);
    if (others === 0) return;
    const text = JSON.stringify({ type: 'presence', data: { uid, online } });
    turns
      .run(userId, async () => {
        for (const watcher of await app.contacts.watchersOf(userId)) local.deliver(watcher, text);
      })
      .catch(failed);
  });
}
