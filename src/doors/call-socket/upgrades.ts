import type { App } from '../../core/app.ts';
import type { Call, CallChange, CallTicket, Leg } from '../../core/calls/index.ts';
import { isoTime, legOf } from '../../core/calls/index.ts';
import { isDevice } from '../../core/presence/index.ts';
import { socketAddress } from '../origin.ts';
import type { CallSocket } from './socket.ts';

/** Somebody who may come into the room of their call, and how. */
export interface Upgrade {
  leg: Leg;
  ticket: CallTicket;
}

/** Whom a change brings into the room of the call: all of them when it becomes one, else who comes in. */
export function comingIn({ call, events }: CallChange): Leg[] {
  if (call.media !== 'sfu') return [];
  const uids = new Set(
    events.flatMap((event) => {
      if (event.type === 'call.upgraded') return call.legs.map((leg) => leg.uid);
      if (event.type === 'leg.joined') return [event.uid];
      return event.type === 'call.placed' ? [event.caller.uid] : [];
    }),
  );
  return call.legs.filter((leg) => uids.has(leg.uid) && leg.state === 'joined');
}

/** Tickets for these people. Who gets none (the engine does not serve) asks for one later, over REST. */
export async function ticketsFor(
  app: App,
  call: Call,
  legs: readonly Leg[],
  failed: (error: unknown) => void,
): Promise<Upgrade[]> {
  if (legs.length === 0) return [];
  const users = await app.store.read.users.byIds(legs.map((leg) => leg.userId));
  const made = legs.map(async (leg): Promise<Upgrade[]> => {
    const user = users.find(({ id }) => id === leg.userId);
    const ticket = await app.callRooms.ticket(call, leg.uid, user?.displayName ?? leg.uid);
    return ticket ? [{ leg, ticket }] : [];
  });
  const settled = await Promise.allSettled(made);
  for (const one of settled) if (one.status === 'rejected') failed(one.reason);
  return settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

/** `call:upgraded`, to the device that is in the call, or to all of somebody's when none is known. */
export function tellUpgrade(app: App, call: Call, { leg, ticket }: Upgrade): void {
  for (const device of app.presence.local.of(leg.userId)) {
    if (leg.bound && leg.device !== null && !isDevice(device, leg.device)) continue;
    // Every local device is a socket of this door.
    const socket = device as CallSocket;
    const { room, token } = ticket;
    const url = ticket.url ?? socketAddress(socket.origin);
    const timestamp = isoTime(app.clock.now());
    socket.tell({ type: 'call:upgraded', data: { callId: call.id, room, url, token, timestamp } });
  }
}

/** After a client has come back: how it comes into the room of its call, again. */
export async function repeatUpgrade(app: App, socket: CallSocket, call: Call): Promise<void> {
  const leg = legOf(call, socket.uid);
  if (call.media !== 'sfu' || leg?.state !== 'joined' || !isDevice(socket, leg.device ?? '')) return;
  const upgrades = await ticketsFor(app, call, [leg], (error) => {
    throw error;
  });
  for (const upgrade of upgrades) tellUpgrade(app, call, upgrade);
}
