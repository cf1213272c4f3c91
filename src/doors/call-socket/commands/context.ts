import type { App } from '../../../core/app.ts';
import type { Call, Leg } from '../../../core/calls/index.ts';
import { legOf, receiver } from '../../../core/calls/index.ts';
import { forbidden, notFound } from '../../../core/errors.ts';
import type { LocalDevice } from '../../../core/presence/index.ts';
import { isDevice } from '../../../core/presence/index.ts';
import type { ClientData, ClientType } from '../client-frames.ts';
import type { Follows } from '../follows.ts';
import type { CallSocket } from '../socket.ts';

/** What a command works with. */
export interface Context {
  app: App;
  follows: Follows;
}

/** Does what a frame asks, at once or later; what it throws goes back as an error frame. */
export type Command<T extends ClientType> = (
  context: Context,
  socket: CallSocket,
  data: ClientData<T>,
) => void | Promise<void>;

/**
 * The sender's call and part in it. Throws `not_found` for a call that is unknown or not theirs, and
 * `forbidden` when `receiverId` is not somebody else in it.
 */
export async function ownCall(
  app: App,
  socket: CallSocket,
  { callId, receiverId }: { callId: string; receiverId: string },
): Promise<{ call: Call; leg: Leg }> {
  const call = await app.relay.call(callId);
  const leg = legOf(call, socket.uid);
  if (!leg) throw notFound('call.unknown', { callId });
  const other = receiver(call, receiverId);
  if (!other || other === leg) throw forbidden('call.receiver_not_in_call', { callId });
  return { call, leg };
}

/** The device's name in its leg: REST may have named it by the token they share. */
export const nameIn = (leg: Leg | undefined, device: LocalDevice): string =>
  leg?.device != null && isDevice(device, leg.device) ? leg.device : device.id;

/** Who caused a change, so that this device hears no echo. */
export const causedBy = (socket: CallSocket) => ({ by: socket.uid, device: socket.id });
