import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Filter, filterOf } from '../meetings/filter.ts';
import { presentMeeting } from '../meetings/present.ts';
import { MeetingModel } from '../meetings/schema.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';

/** 获取我的会议 */
export const myMeetings = route({
  method: 'GET',
  url: '/api/v1/my/meetings',
  access: 'user',
  summary: '获取我的会议: one’s own: made, or in; newest first',
  query: Type.Object({
    ...Paging,
    ...Filter,
    as: Type.Optional(
      Type.Unsafe<'all' | 'creator' | 'participant'>({
        type: 'string',
        enum: ['all', 'creator', 'participant'],
      }),
    ),
  }),
  response: Success(Listed('meetings', MeetingModel)),
  errors: ['invalid'],
  async handler(app, asked) {
    const { query } = asked;
    const { meetings, total } = await app.meetings.mine(
      asked,
      { as: query.as ?? 'all', ...filterOf(query) },
      pageOf(query),
    );
    return success(asked, listed('meetings', meetings.map(presentMeeting), total, query));
  },
});
