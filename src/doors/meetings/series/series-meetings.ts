import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentMeeting } from '../meetings/present.ts';
import { MeetingModel } from '../meetings/schema.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { OfSeries } from './schema.ts';

/** 获取周期会议的各次会议 */
export const seriesMeetings = route({
  method: 'GET',
  url: '/api/v1/meeting-series/:series_id/meetings',
  access: 'user-or-service',
  summary: '获取周期会议的各次会议: those that were made, soonest first',
  params: OfSeries,
  query: Type.Object(Paging),
  response: Success(Listed('meetings', MeetingModel)),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { query, params } = asked;
    const { meetings, total } = await app.series.meetings(asked, params.series_id, pageOf(query));
    return success(asked, listed('meetings', meetings.map(presentMeeting), total, query));
  },
});
