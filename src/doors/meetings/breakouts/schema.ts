import { Type } from 'typebox';
import { OrNull, Time } from '../envelope.ts';
import { Id, ParticipantModel } from '../meetings/schema.ts';

export const RoomTitle = Type.String({ minLength: 1, maxLength: 100, examples: ['Room 1'] });

export const BreakoutsModel = Type.Object({
  state: Type.Unsafe<'none' | 'open' | 'closing'>({ type: 'string', enum: ['none', 'open', 'closing'] }),
  free: Type.Boolean({ description: 'Everybody chooses their room themselves' }),
  opened_at: OrNull(Time),
  closes_at: OrNull(Time),
  room: OrNull(Id),
  rooms: Type.Array(
    Type.Object({
      meeting_id: Id,
      name: Type.String(),
      participants: Type.Array(ParticipantModel, {
        description: 'Who has a place in it, and who of those that run the meeting is there',
      }),
    }),
  ),
});
