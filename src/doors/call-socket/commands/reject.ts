import { rejectReason } from '../reasons.ts';
import type { Command } from './context.ts';
import { causedBy, ownCall } from './context.ts';

/** `call:reject`: refuses a call. */
export const reject: Command<'call:reject'> = async ({ app }, socket, data) => {
  await ownCall(app, socket, data);
  const command = { type: 'reject', by: socket.uid, reason: rejectReason(data.reason) } as const;
  await app.calls.command(data.callId, command, causedBy(socket));
};

/** `call:busy`: refuses because of another call; whoever called hears the same word. */
export const busy: Command<'call:busy'> = async ({ app }, socket, data) => {
  await ownCall(app, socket, data);
  const command = { type: 'reject', by: socket.uid, reason: 'busy' } as const;
  await app.calls.command(data.callId, command, { ...causedBy(socket), saidBusy: true });
};
