import type { Command } from './context.ts';
import { causedBy } from './context.ts';

/** `call:media_state`: one's own microphone and camera, told to the others. */
export const mediaState: Command<'call:media_state'> = async ({ app }, socket, data) => {
  const { callId, muted, videoOn, device } = data;
  await app.relay.call(callId);
  await app.calls.command(
    callId,
    {
      type: 'media',
      by: socket.uid,
      ...(muted === undefined ? {} : { muted }),
      ...(videoOn === undefined ? {} : { videoOn }),
      ...(device === undefined ? {} : { device: { type: device.type, id: device.id } }),
    },
    causedBy(socket),
  );
};
