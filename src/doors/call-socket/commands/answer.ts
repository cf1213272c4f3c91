import { checkNoOffer, isoTime } from '../../../core/calls/index.ts';
import { participantsOf } from '../deliveries.ts';
import type { Command } from './context.ts';
import { causedBy, nameIn, ownCall } from './context.ts';

/** `call:answer`: takes a call. An offer wants an answer; a call without one is negotiated afterwards. */
export const answer: Command<'call:answer'> = async ({ app }, socket, data) => {
  const { callId, answer: description } = data;
  const { leg } = await ownCall(app, socket, data);
  if (description === undefined) await checkNoOffer(app, callId, leg);
  const device = nameIn(leg, socket);
  const { call, changed } = await app.calls.attempt(
    callId,
    { type: 'answer', by: socket.uid, device, bound: true },
    { ...causedBy(socket), ...(description === undefined ? {} : { answer: description }) },
  );
  if (changed) return;
  const timestamp = isoTime(app.clock.now());
  socket.tell({ type: 'call:accepted', data: { callId, participants: participantsOf(call), timestamp } });
};
