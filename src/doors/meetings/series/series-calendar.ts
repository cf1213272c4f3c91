import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OfSeries } from './schema.ts';

/** 周期会议日历文件 */
export const seriesCalendar = route({
  method: 'GET',
  url: '/api/v1/meeting-series/:series_id/calendar.ics',
  access: 'user-or-service',
  summary: '周期会议日历文件: all of it as one entry for calendars (RFC 5545); for whoever may read it',
  params: OfSeries,
  response: Type.String({ examples: ['BEGIN:VCALENDAR\r\n'] }),
  file: { type: 'text/calendar', name: 'meetings.ics' },
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    return app.invitations.seriesCalendar(asked, asked.params.series_id);
  },
});
