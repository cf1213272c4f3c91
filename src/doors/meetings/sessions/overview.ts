import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Count } from '../meetings/schema.ts';

/** 获取统计概览 */
export const overview = route({
  method: 'GET',
  url: '/api/v1/stats/overview',
  access: 'user-or-service',
  summary: '获取统计概览: over all meetings, for administrators and services',
  response: Success(
    Type.Object({
      total_users: Type.Integer({ minimum: 0, description: 'Without the deleted, and without guests.' }),
      total_meetings: Count,
      meetings: Type.Object({ scheduled: Count, ongoing: Count, ended: Count, cancelled: Count }),
      active_sessions: Count,
      total_sessions: Count,
      total_duration: Type.Integer({ minimum: 0, description: 'Seconds in sessions that have ended.' }),
      total_messages: Count,
    }),
  ),
  errors: ['forbidden'],
  async handler(app, asked) {
    const totals = await app.meetings.totals(asked);
    const { scheduled, ongoing, ended, cancelled } = totals.meetings;
    return success(asked, {
      total_users: totals.users,
      total_meetings: scheduled + ongoing + ended + cancelled,
      meetings: totals.meetings,
      active_sessions: totals.sessions.open,
      total_sessions: totals.sessions.total,
      total_duration: totals.durationS,
      total_messages: totals.messages,
    });
  },
});
