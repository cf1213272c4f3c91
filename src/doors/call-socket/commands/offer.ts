import type { Command } from './context.ts';
import { causedBy } from './context.ts';

/**
 * `call:offer`: begins a call. Checked in this order: the receiver exists (404), may be called (403),
 * has a device (`call:not_available`), is in no other call (`call:busy`).
 */
export const offer: Command<'call:offer'> = async ({ app }, socket, data) => {
  const [caller, callee] = await app.people.resolve([socket.uid, data.receiverId], false);
  if (!caller || !callee) return;
  await app.calls.place({
    caller,
    callees: [callee],
    kind: data.callType ?? 'video',
    trusted: false,
    device: socket.id,
    bound: true,
    needsDevice: true,
    transient: {
      ...causedBy(socket),
      ...(data.offer === undefined ? {} : { offer: data.offer }),
      ...(data.conversationId === undefined ? {} : { conversationId: data.conversationId }),
    },
  });
};
