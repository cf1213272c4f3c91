import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentMeeting } from './present.ts';
import { MeetingModel, OfMeeting } from './schema.ts';

/** 获取会议详情 */
export const getMeeting = route({
  method: 'GET',
  url: '/api/v1/meetings/:id',
  access: 'user-or-service',
  guests: 'id',
  summary: '获取会议详情: one with a password is told only to those who are in it',
  params: OfMeeting,
  response: Success(MeetingModel),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { head } = await app.meetings.get(asked, asked.params.id);
    return success(asked, presentMeeting(head));
  },
});
