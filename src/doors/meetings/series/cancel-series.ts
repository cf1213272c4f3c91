import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentSeries } from './present.ts';
import { OfSeries, SeriesModel } from './schema.ts';

/** 取消周期会议 */
export const cancelSeries = route({
  method: 'DELETE',
  url: '/api/v1/meeting-series/:series_id',
  access: 'user-or-service',
  summary: '取消周期会议: all its meetings that have not begun are cancelled; once more changes nothing',
  params: OfSeries,
  response: Success(SeriesModel),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    return success(asked, presentSeries(await app.series.cancel(asked, asked.params.series_id)));
  },
});
