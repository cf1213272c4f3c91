import { reportMetrics } from '../../../core/calls/index.ts';
import { hangUpReason } from '../reasons.ts';
import type { Command } from './context.ts';
import { causedBy, ownCall } from './context.ts';

/** `call:hang_up`: leaves; while it rings the caller cancels and a callee rejects. */
export const hangUp: Command<'call:hang_up'> = async ({ app }, socket, data) => {
  const { leg } = await ownCall(app, socket, data);
  const reason = hangUpReason(data.reason);
  await app.calls.command(data.callId, { type: 'hangUp', by: socket.uid, reason }, causedBy(socket));
  if (data.metrics) await reportMetrics(app, data.callId, leg, data.metrics);
};
