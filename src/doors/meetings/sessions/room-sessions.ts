import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Id } from '../meetings/schema.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { presentConnection, SessionInfo } from './model.ts';

/** 获取房间会话列表 */
export const roomSessions = route({
  method: 'GET',
  url: '/api/v1/sessions/room/:meeting_id',
  access: 'user-or-service',
  summary: '获取房间会话列表: newest first; for those in the meeting',
  params: Type.Object({ meeting_id: Id }),
  query: Type.Object({
    ...Paging,
    status: Type.Optional(Type.Unsafe<'open' | 'ended'>({ type: 'string', enum: ['open', 'ended'] })),
  }),
  response: Success(Listed('sessions', SessionInfo)),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { params, query } = asked;
    const open = query.status === undefined ? undefined : query.status === 'open';
    const { sessions, total } = await app.meetings.sessions(asked, params.meeting_id, pageOf(query), open);
    return success(asked, listed('sessions', sessions.map(presentConnection), total, query));
  },
});
