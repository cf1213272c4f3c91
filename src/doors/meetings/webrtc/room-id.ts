import { Type } from 'typebox';
import { notFound } from '../../../core/errors.ts';
import { meetingOf, roomOf } from '../../../core/meetings/index.ts';

export const OfRoom = Type.Object({
  roomId: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'The meeting’s number, or its room’s name.',
  }),
});

/** Which meeting a room id means. Throws `not_found`. */
export function meetingIn(roomId: string): number {
  const id = /^\d+$/.test(roomId) ? meetingOf(roomOf(Number(roomId))) : meetingOf(roomId);
  if (id === undefined) throw notFound('meeting.unknown');
  return id;
}
