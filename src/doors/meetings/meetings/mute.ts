import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Id, OfMeeting } from './schema.ts';

/** 静音 */
export const mute = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/mute',
  access: 'user-or-service',
  summary: '静音: one participant, or all but host and moderators; they may unmute themselves',
  params: OfMeeting,
  body: Type.Object({
    user_id: Type.Optional(Id),
    kind: Type.Optional(Type.Unsafe<'audio' | 'video'>({ type: 'string', enum: ['audio', 'video'] })),
  }),
  response: Success(Type.Null()),
  errors: ['not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    const { user_id: who = 'all', kind = 'audio' } = asked.body;
    await app.meetings.mute(asked, asked.params.id, who, kind);
    return success(asked, null);
  },
});
