import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OrNull, Success, success, Time } from '../envelope.ts';
import { timeOrNull } from './present.ts';
import { Kind, OfMeeting, Status } from './schema.ts';

/** What a link's visitor without an account sees before they say who they are. */
export const guestDoor = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/door',
  access: 'public',
  summary: 'What a meeting’s link shows to who has no account; one that takes no guests is as none',
  params: OfMeeting,
  response: Success(
    Type.Object({
      meeting_id: Type.Integer(),
      title: OrNull(Type.String({ description: 'Null where there is a password.' })),
      start_time: OrNull(Time),
      meeting_type: Kind,
      status: Status,
      has_password: Type.Boolean(),
      locked: Type.Boolean({ description: 'Nobody new comes in now.' }),
    }),
  ),
  errors: ['not_found', 'gone'],
  async handler(app, asked) {
    const head = await app.guests.door(asked.params.id);
    return success(asked, {
      meeting_id: head.id,
      title: head.hasPassword ? null : head.title,
      start_time: timeOrNull(head.startTime),
      meeting_type: head.type,
      status: head.status,
      has_password: head.hasPassword,
      locked: head.locked,
    });
  },
});
