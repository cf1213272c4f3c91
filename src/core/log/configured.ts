import { ParleyError } from '../errors.ts';
import type { LeaseDeps } from './lease.ts';

/** The endpoint that the configuration names, as one among the others. */
export const CONFIGURED = 'wh_configured';

/**
 * Brings the webhook of `WEBHOOK_URL` in line with the configuration at start: it begins at the end
 * of the log, goes on where it was after a restart, and goes when it is no longer configured.
 */
export async function keepConfigured(
  { store, clock }: Pick<LeaseDeps, 'store' | 'clock'>,
  endpoint: { url: string; secret: string } | undefined,
): Promise<void> {
  const written = store.transaction(async (tx) => {
    const known = await tx.webhooks.get(CONFIGURED);
    if (!endpoint) {
      if (known) await tx.webhooks.remove(CONFIGURED);
      return;
    }
    if (known?.url === endpoint.url && known.secret === endpoint.secret) return;
    // A new address is tried at once, whatever the old one did.
    const fresh = { ...endpoint, attempts: 0, nextAt: 0, failingSince: null };
    if (known) {
      await tx.webhooks.update(CONFIGURED, fresh);
      return;
    }
    const cursor = await tx.events.lastPosition();
    await tx.webhooks.insert({ id: CONFIGURED, events: ['*'], cursor, createdAt: clock.now(), ...fresh });
  });
  await written.catch((error) => {
    // Another process starting at this moment wrote the same.
    if (!(error instanceof ParleyError) || error.code !== 'conflict') throw error;
  });
}
