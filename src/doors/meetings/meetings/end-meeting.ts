import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentMeeting } from './present.ts';
import { MeetingModel, OfMeeting } from './schema.ts';

/** 结束会议 */
export const endMeeting = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/end',
  access: 'user-or-service',
  summary: '结束会议: for everybody in it; for its host',
  params: OfMeeting,
  response: Success(MeetingModel),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    return success(asked, presentMeeting(await app.meetings.end(asked, asked.params.id)));
  },
});
