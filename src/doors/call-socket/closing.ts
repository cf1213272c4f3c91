import type { App } from '../../core/app.ts';
import { isoTime, legOf } from '../../core/calls/index.ts';
import type { ParleyError } from '../../core/errors.ts';
import { shownReason } from './reasons.ts';
import type { ServerFrame } from './server-frames.ts';
import type { CallSocket } from './socket.ts';

/** What closes the call's screen on a device whose command came too late; nothing for other errors. */
export function closing(
  app: App,
  error: ParleyError,
  socket: CallSocket,
): Promise<ServerFrame | undefined> | undefined {
  const { callId } = error.details;
  if (typeof callId !== 'string') return undefined;
  if (error.key === 'call.over') return hangUp(app, callId, socket, undefined);
  if (error.key === 'call.answered_elsewhere') return hangUp(app, callId, socket, 'answered_elsewhere');
  return undefined;
}

async function hangUp(
  app: App,
  callId: string,
  socket: CallSocket,
  why: string | undefined,
): Promise<ServerFrame | undefined> {
  const call = await app.relay.call(callId);
  const leg = legOf(call, socket.uid);
  if (!leg) return undefined;
  const other =
    call.legs.find(({ uid }) => uid === call.callerId && uid !== leg.uid) ??
    call.legs.find((one) => one !== leg);
  const ending = leg.reason === null || leg.reason === 'ended' ? call.endReason : leg.reason;
  const reason = why ?? shownReason(ending ?? 'normal');
  const timestamp = isoTime(app.clock.now());
  return { type: 'call:hang_up', data: { callId, senderId: other?.uid ?? leg.uid, reason, timestamp } };
}
