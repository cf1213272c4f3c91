import type { App } from '../../../core/app.ts';
import type { Leg } from '../../../core/calls/index.ts';
import { hangUpReason } from '../reasons.ts';
import type { Command } from './context.ts';
import { causedBy, ownCall } from './context.ts';

/** `call:hang_up`: leaves; while it rings the caller cancels and a callee rejects. */
export const hangUp: Command<'call:hang_up'> = async ({ app }, socket, data) => {
  const { leg } = await ownCall(app, socket, data);
  const reason = hangUpReason(data.reason);
  await app.calls.command(data.callId, { type: 'hangUp', by: socket.uid, reason }, causedBy(socket));
  if (data.metrics && leg.joinedAt !== null) await keepMetrics(app, data.callId, leg, data.metrics);
};

/** Beside what the client has reported as statistics. */
async function keepMetrics(app: App, callId: string, leg: Leg, metrics: object): Promise<void> {
  const known = (await app.store.read.calls.stats(callId, leg.userId))?.stats;
  const stats = typeof known === 'object' && known !== null ? { ...known, metrics } : { metrics };
  await app.store.transaction((tx) => tx.calls.saveStats(callId, leg.userId, stats, app.clock.now()));
}
