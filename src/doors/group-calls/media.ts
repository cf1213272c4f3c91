import type { App } from '../../core/app.ts';
import type { Call } from '../../core/calls/index.ts';
import type { User } from '../../core/users/user.ts';
import { socketAddress } from '../origin.ts';

/** How a call's media travels, for somebody who is in it. */
export async function mediaOf(app: App, call: Call, user: User, origin: string) {
  const ticket = await app.callRooms.ticket(call, user.uid, user.displayName);
  if (!ticket) return { mode: call.media };
  const { room, token } = ticket;
  return { mode: call.media, room, url: ticket.url ?? socketAddress(origin), token };
}
