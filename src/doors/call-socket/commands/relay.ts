import type { RelayFrame } from '../../../core/calls/index.ts';
import { invalid, ParleyError } from '../../../core/errors.ts';
import type { CallSocket } from '../socket.ts';
import type { Command, Context } from './context.ts';

/** `call:ice_candidate`: the hot path, done at once while the call is known. */
export const candidate: Command<'call:ice_candidate'> = (context, socket, data) =>
  relay(context, socket, data, { type: 'call:ice_candidate', candidate: data.candidate });

/** `call:signal`: a description or a candidate once the call is on. */
export const signal: Command<'call:signal'> = (context, socket, data) => {
  const { description, candidate } = data;
  if (description === undefined && candidate === undefined) throw invalid('description');
  return relay(context, socket, data, {
    type: 'call:signal',
    ...(description === undefined ? {} : { description }),
    ...(candidate === undefined ? {} : { candidate }),
  });
};

function relay(
  context: Context,
  socket: CallSocket,
  { callId, receiverId }: { callId: string; receiverId: string },
  frame: RelayFrame,
): void | Promise<void> {
  const hand = () => context.app.relay.relay(callId, { uid: socket.uid, device: socket }, receiverId, frame);
  const retry = async (error: unknown) => {
    // A client that names no device may go on where its last socket was lost.
    if (socket.named || !(error instanceof ParleyError) || error.key !== 'call.answered_elsewhere')
      throw error;
    await context.app.presence.takeUp(socket);
    await hand();
  };
  try {
    return hand()?.catch(retry);
  } catch (error) {
    return retry(error);
  }
}
