import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentSeries } from './present.ts';
import { From, OfSeries, SeriesModel } from './schema.ts';

/** 取消周期会议 */
export const cancelSeries = route({
  method: 'DELETE',
  url: '/api/v1/meeting-series/:series_id',
  access: 'user-or-service',
  summary:
    '取消周期会议: all its meetings that have not begun, or those from one on, are cancelled; once more changes nothing',
  params: OfSeries,
  query: Type.Object({ from_meeting: From }),
  response: Success(SeriesModel),
  errors: ['invalid', 'not_found', 'forbidden'],
  async handler(app, asked) {
    const { params, query } = asked;
    return success(
      asked,
      presentSeries(await app.series.cancel(asked, params.series_id, query.from_meeting)),
    );
  },
});
