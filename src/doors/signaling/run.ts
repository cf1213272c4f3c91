import { notFound, ParleyError } from '../../core/errors.ts';
import type { Context } from './context.ts';
import type { ClientFrame } from './parse.ts';
import { notJoined, Seat } from './seat.ts';
import type { SignalingSocket } from './socket.ts';

/** What a frame does; the core decides whether it may. */
export function run(
  context: Context,
  socket: SignalingSocket,
  frame: ClientFrame,
): Promise<void> | undefined {
  const limit = context.limits.get(frame.type);
  if (!limit) return act(context, socket, frame);
  return limit.spend(socket.userId).then(() => act(context, socket, frame));
}

function act(context: Context, socket: SignalingSocket, frame: ClientFrame): Promise<void> | undefined {
  const { app } = context;
  if (frame.type === 'ping') {
    socket.tell('pong', {});
    return undefined;
  }
  if (frame.type === 'join') return join(context, socket, frame.data);
  const { seat } = socket;
  if (!seat) throw notJoined();
  if (frame.type === 'leave') return seat.leave();
  if (frame.type === 'chat' || frame.type === 'media-state') return say(context, socket, seat, frame);
  if (!seat.isOnline) throw notJoined();
  const { type, to, data } = frame;
  if (to !== undefined) {
    if (!seat.knows(to)) throw notFound('signaling.not_here', { field: 'to' });
    const { meetingId, userId } = seat;
    const text = JSON.stringify({ type, from: userId, to, meeting_id: meetingId, data });
    app.meetingFeed.relay(meetingId, to, text);
    return undefined;
  }
  const { link } = seat;
  if (!link) throw new ParleyError('unsupported', app.media ? 'signaling.no_media' : 'signaling.no_sfu');
  if (frame.type === 'offer') return link.offer(frame.data);
  if (frame.type === 'answer') link.answer(frame.data);
  else link.candidate(frame.data);
  return undefined;
}

async function join(
  context: Context,
  socket: SignalingSocket,
  data: (ClientFrame & { type: 'join' })['data'],
) {
  if (socket.seat) return socket.seat.look();
  const seat = new Seat(context, socket);
  socket.seat = seat;
  try {
    await seat.sit(data);
  } catch (error) {
    await seat.fail();
    throw error;
  }
}

async function say(
  { app }: Context,
  { principal }: SignalingSocket,
  { meetingId, link }: Seat,
  { type, data }: ClientFrame & { type: 'chat' | 'media-state' },
): Promise<void> {
  const asker = { principal, device: null };
  if (type === 'chat') {
    await app.meetings.say(asker, meetingId, data.content);
    return;
  }
  await app.meetings.setMedia(asker, meetingId, data);
  link?.say(data);
}
