import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OrNull, Success, success, Time } from '../envelope.ts';
import { timeOrNull } from '../meetings/present.ts';
import { Count, Id, Status, Title } from '../meetings/schema.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';

const RoomNumbers = Type.Object({
  meeting_id: Id,
  title: Title,
  status: Status,
  online: Count,
  participants: Type.Integer({ minimum: 0, description: 'Different people who have been in.' }),
  sessions: Count,
  messages: Count,
  started_at: OrNull(Time),
  ended_at: OrNull(Time),
});

/** 获取房间统计 */
export const roomStats = route({
  method: 'GET',
  url: '/api/v1/stats/rooms',
  access: 'user-or-service',
  summary: '获取房间统计: one’s own meetings, or all for administrators and services; ongoing ones first',
  query: Type.Object(Paging),
  response: Success(Listed('rooms', RoomNumbers)),
  async handler(app, asked) {
    const { rooms, total } = await app.meetings.numbers(asked, pageOf(asked.query));
    const shown = rooms.map((room) => ({
      meeting_id: room.meetingId,
      title: room.title,
      status: room.status,
      online: room.online,
      participants: room.people,
      sessions: room.sessions,
      messages: room.messages,
      started_at: timeOrNull(room.startedAt),
      ended_at: timeOrNull(room.endedAt),
    }));
    return success(asked, listed('rooms', shown, total, asked.query));
  },
});
