import { isLive, isoTime } from '../../../core/calls/index.ts';
import { carriedBy, participantsOf } from '../deliveries.ts';
import type { ServerData } from '../server-frames.ts';
import { repeatUpgrade } from '../upgrades.ts';
import type { Command } from './context.ts';

type SyncedCall = ServerData<'call:sync'>['calls'][number];

/** `call:sync`: what the person is in now, for a client that has been away. */
export const sync: Command<'call:sync'> = async ({ app }, socket) => {
  const call = await app.presence.takeUp(socket);
  const calls =
    call && isLive(call)
      ? [
          {
            callId: call.id,
            // `isLive` has just said so.
            state: call.state as SyncedCall['state'],
            callType: call.kind,
            callerId: call.callerId,
            participants: participantsOf(call),
            ...carriedBy(call),
            createdAt: isoTime(call.createdAt),
            ...(call.connectedAt === null ? {} : { connectedAt: isoTime(call.connectedAt) }),
          },
        ]
      : [];
  socket.tell({ type: 'call:sync', data: { calls, timestamp: isoTime(app.clock.now()) } });
  if (call && isLive(call)) await repeatUpgrade(app, socket, call);
};
