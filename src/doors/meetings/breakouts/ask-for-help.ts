import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfMeeting } from '../meetings/schema.ts';

/** 请求协助 */
export const askForHelp = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/breakouts/help',
  access: 'user',
  guests: 'id',
  summary: '请求协助: host and moderators are asked into the breakout room one is in',
  params: OfMeeting,
  response: Success(Type.Null()),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    await app.breakouts.help(asked, asked.params.id);
    return success(asked, null);
  },
});
