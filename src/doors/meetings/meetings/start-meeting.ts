import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentMeeting } from './present.ts';
import { MeetingModel, OfMeeting } from './schema.ts';

/** 开始会议 */
export const startMeeting = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/start',
  access: 'user-or-service',
  summary: '开始会议: for its host and moderators',
  params: OfMeeting,
  response: Success(MeetingModel),
  errors: ['not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    return success(asked, presentMeeting(await app.meetings.start(asked, asked.params.id)));
  },
});
