import { Type } from 'typebox';
import { reportStats as keepStats } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { wholeSeconds } from '../time.ts';
import { Stats, StatsParams, StatsQuery, StatsReport } from './stats-schema.ts';

/** An addition to the document: where `GET` has its numbers from. */
export const reportStats = route({
  method: 'POST',
  url: '/api/v1/rtc/stats/:callId',
  access: 'user-or-service',
  summary: 'Report what one’s client measured, during a call or at its end',
  params: StatsParams,
  query: StatsQuery,
  body: Type.Object({ stats: Stats }),
  response: Type.Object({ success: Type.Literal(true), ...StatsReport.properties }),
  errors: ['not_found'],
  async handler(app, asked) {
    const { callId } = asked.params;
    const { stats } = asked.body;
    const report = await keepStats(app, asked, callId, { user: asked.query.userId, stats });
    return { success: true as const, callId, stats, timestamp: wholeSeconds(report.at) };
  },
});
