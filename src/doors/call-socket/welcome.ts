import type { App } from '../../core/app.ts';
import type { Call, Leg } from '../../core/calls/index.ts';
import { isLive, isoTime, isPending, legOf } from '../../core/calls/index.ts';
import type { Arrival } from '../../core/presence/index.ts';
import type { Announcer } from './announcer.ts';
import { offerFrame } from './deliveries.ts';
import { Opening } from './opening.ts';
import { peopleInfo } from './people.ts';
import type { CallSocket } from './socket.ts';

/**
 * A socket has opened: it is put where changes reach it, and only then its person's state is read,
 * so that nothing falls between. If the person is being called, this device rings; if this device's
 * leg was lost, it goes on.
 */
export async function welcome(
  app: App,
  announcer: Announcer,
  socket: CallSocket,
  arrival: Arrival,
): Promise<void> {
  const opening = new Opening();
  socket.opening = opening;
  announcer.opens(socket);
  try {
    const call = await app.presence.attach(socket, arrival);
    if (call) await show(app, announcer, socket, opening, call);
  } finally {
    socket.opening = undefined;
    announcer.opened(socket);
  }
}

async function show(app: App, announcer: Announcer, socket: CallSocket, opening: Opening, read: Call) {
  const before = pendingLeg(opening.latest(read), socket);
  const ring = before && !opening.wasOffered(read.id) ? await offerOf(app, read, before) : undefined;
  // From here on nothing waits: what was heard while we read is taken into account, and what comes
  // next comes after.
  const call = opening.latest(read);
  const leg = pendingLeg(call, socket);
  if (ring && leg && !opening.wasOffered(call.id)) {
    socket.tell(ring);
    announcer.rang(call, leg.userId);
  }
  socket.opening = undefined;
  const waiting = app.relay.kept(call.id, socket.userId);
  for (const text of waiting) socket.deliver(text);
  if (legOf(call, socket.uid)?.state === 'joined') app.relay.drop(call.id, socket.userId);
}

function pendingLeg(call: Call, socket: CallSocket): Leg | undefined {
  const leg = legOf(call, socket.uid);
  return leg && isLive(call) && isPending(leg) ? leg : undefined;
}

/** The frame that rings this person; the description is the caller's, nobody else's. */
async function offerOf(app: App, call: Call, leg: Leg) {
  const inviter = legOf(call, leg.invitedBy ?? call.callerId);
  if (!inviter) return undefined;
  const placed = leg.invitedBy === null;
  const [people, offer] = await Promise.all([
    peopleInfo(app, [inviter.userId]),
    placed ? app.store.read.calls.offer(call.id) : undefined,
  ]);
  const info = people.get(inviter.userId);
  if (!info) return undefined;
  const conversationId = placed ? app.relay.conversationOf(call.id) : undefined;
  const given = {
    ...(offer === undefined ? {} : { offer: JSON.parse(offer) as unknown }),
    ...(conversationId === undefined ? {} : { conversationId }),
  };
  return offerFrame(call, { uid: inviter.uid, info, invited: !placed }, given, isoTime(app.clock.now()));
}
