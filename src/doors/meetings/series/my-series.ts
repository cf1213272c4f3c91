import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { presentSeries } from './present.ts';
import { SeriesModel } from './schema.ts';

/** 获取我的周期会议 */
export const mySeries = route({
  method: 'GET',
  url: '/api/v1/my/meeting-series',
  access: 'user',
  summary: '获取我的周期会议: those one has made, newest first',
  query: Type.Object(Paging),
  response: Success(Listed('series', SeriesModel)),
  async handler(app, asked) {
    const { query } = asked;
    const { series, total } = await app.series.mine(asked, pageOf(query));
    return success(asked, listed('series', series.map(presentSeries), total, query));
  },
});
