import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { Filter, filterOf } from './filter.ts';
import { presentMeeting } from './present.ts';
import { MeetingModel } from './schema.ts';

/** 获取会议列表 */
export const listMeetings = route({
  method: 'GET',
  url: '/api/v1/meetings',
  access: 'user-or-service',
  summary: '获取会议列表: one’s own; all of them for administrators and services',
  query: Type.Object({ ...Paging, ...Filter }),
  response: Success(Listed('meetings', MeetingModel)),
  errors: ['invalid'],
  async handler(app, asked) {
    const { query } = asked;
    const { meetings, total } = await app.meetings.list(asked, filterOf(query), pageOf(query));
    return success(asked, listed('meetings', meetings.map(presentMeeting), total, query));
  },
});
