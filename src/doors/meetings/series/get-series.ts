import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentSeries } from './present.ts';
import { OfSeries, SeriesModel } from './schema.ts';

/** 获取周期会议 */
export const getSeries = route({
  method: 'GET',
  url: '/api/v1/meeting-series/:series_id',
  access: 'user-or-service',
  summary:
    '获取周期会议: with its next meeting; for its creator and whoever has a part in one of its meetings',
  params: OfSeries,
  response: Success(SeriesModel),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    return success(asked, presentSeries(await app.series.get(asked, asked.params.series_id)));
  },
});
