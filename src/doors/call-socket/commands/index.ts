import type { ClientFrame } from '../parse.ts';
import type { CallSocket } from '../socket.ts';
import { answer } from './answer.ts';
import type { Context } from './context.ts';
import { follow } from './follow.ts';
import { hangUp } from './hang-up.ts';
import { mediaState } from './media-state.ts';
import { offer } from './offer.ts';
import { busy, reject } from './reject.ts';
import { candidate, signal } from './relay.ts';
import { sync } from './sync.ts';

/** Does what a frame asks. A total table: a frame without its command does not compile. */
export function run(context: Context, socket: CallSocket, frame: ClientFrame): void | Promise<void> {
  switch (frame.type) {
    case 'call:ice_candidate':
      return candidate(context, socket, frame.data);
    case 'call:signal':
      return signal(context, socket, frame.data);
    case 'ping':
      socket.tell({ type: 'pong', data: {} });
      return undefined;
    case 'call:offer':
      return offer(context, socket, frame.data);
    case 'call:answer':
      return answer(context, socket, frame.data);
    case 'call:hang_up':
      return hangUp(context, socket, frame.data);
    case 'call:reject':
      return reject(context, socket, frame.data);
    case 'call:busy':
      return busy(context, socket, frame.data);
    case 'call:media_state':
      return mediaState(context, socket, frame.data);
    case 'call:sync':
      return sync(context, socket, frame.data);
    case 'events:follow':
      return follow(context, socket, frame.data);
  }
}
