import { statsOf } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { wholeSeconds } from '../time.ts';
import type { StatsValue } from './stats-schema.ts';
import { StatsParams, StatsQuery, StatsReport } from './stats-schema.ts';

/** 获取通话统计: what the asker's client reported last, or the engine measures; never invented numbers. */
export const stats = route({
  method: 'GET',
  url: '/api/v1/rtc/stats/:callId',
  access: 'user-or-service',
  summary:
    '获取通话统计: the last report of one’s own client, else what the server measures of a call it carries; 404 when there is neither',
  params: StatsParams,
  query: StatsQuery,
  response: StatsReport,
  errors: ['not_found'],
  async handler(app, asked) {
    const { callId } = asked.params;
    const report = await statsOf(app, asked, callId, asked.query.userId);
    return { callId, stats: report.stats as StatsValue, timestamp: wholeSeconds(report.at) };
  },
});
