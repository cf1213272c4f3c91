import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';

import { presentMeeting } from '../meetings/present.ts';
import { MeetingModel } from '../meetings/schema.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';

/** 获取即将开始的会议 */
export const upcoming = route({
  method: 'GET',
  url: '/api/v1/my/meetings/upcoming',
  access: 'user',
  summary: '获取即将开始的会议: what is going on or planned, soonest first',
  query: Type.Object({ ...Paging }),
  response: Success(Listed('meetings', MeetingModel)),
  errors: ['invalid'],
  async handler(app, asked) {
    const { query } = asked;
    const { meetings, total } = await app.meetings.upcoming(asked, pageOf(query));
    return success(asked, listed('meetings', meetings.map(presentMeeting), total, query));
  },
});
