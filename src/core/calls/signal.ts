import type { Bus } from '../../ports/bus.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import type { Asker, CallApp, Name } from './ask.ts';
import { actor } from './ask.ts';
import type { Call, Leg } from './call.ts';
import { isEngaged, isLive } from './call.ts';

/** What one person's client tells another's: JSON values of WebRTC, handed on unchanged. */
export type Signal = { description: unknown } | { candidate: unknown };

/** Hands a signal to the sockets of somebody in the same call; `forbidden` when either is not in it. */
export async function sendSignal(
  app: CallApp & { bus: Bus },
  asker: Asker,
  callId: string,
  ask: { from: Name; to: Name; signal: Signal },
): Promise<void> {
  const from = await actor(app, asker, ask.from);
  const call = await app.store.read.calls.get(callId);
  if (!call) throw notFound('call.unknown', { callId });
  inside(
    call,
    call.legs.find((leg) => leg.userId === from.id),
  );
  const to = inside(
    call,
    call.legs.find((leg) => leg.uid === ask.to || String(leg.userId) === String(ask.to)),
  );
  app.bus.publish('frame', { userId: to.userId, text: frame(callId, from.uid, ask.signal, app.clock.now()) });
}

function inside(call: Call, leg: Leg | undefined): Leg {
  if (!leg) throw forbidden('call.not_in_call', { callId: call.id });
  if (!isLive(call)) throw conflict('call.over', { callId: call.id, status: call.state });
  if (!isEngaged(leg)) throw forbidden('call.not_in_call', { callId: call.id });
  return leg;
}

/** As on the sockets of contract C: candidates by its own word, descriptions by `call:signal`. */
function frame(callId: string, senderId: string, signal: Signal, at: number): string {
  const type = 'candidate' in signal ? 'call:ice_candidate' : 'call:signal';
  return JSON.stringify({
    type,
    data: { callId, senderId, ...signal, timestamp: new Date(at).toISOString() },
  });
}
