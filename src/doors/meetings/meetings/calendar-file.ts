import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OfMeeting } from './schema.ts';

/** Ours. */
export const calendarFile = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/calendar.ics',
  access: 'user-or-service',
  summary: 'The meeting as a file for calendars (RFC 5545); for whoever may read it',
  params: OfMeeting,
  response: Type.String({ examples: ['BEGIN:VCALENDAR\r\n'] }),
  file: { type: 'text/calendar', name: 'meeting.ics' },
  errors: ['not_found', 'forbidden', 'conflict'],
  async handler(app, asked) {
    return app.invitations.calendar(asked, asked.params.id);
  },
});
