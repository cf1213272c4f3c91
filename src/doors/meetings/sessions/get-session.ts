import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentConnection, SessionInfo } from './model.ts';

/** 获取会话信息 */
export const getSession = route({
  method: 'GET',
  url: '/api/v1/sessions/:session_id',
  access: 'user-or-service',
  summary: '获取会话信息: one’s own, or of a meeting one hosts',
  params: Type.Object({ session_id: Type.String({ minLength: 1, maxLength: 64 }) }),
  response: Success(SessionInfo),
  errors: ['not_found'],
  async handler(app, asked) {
    return success(asked, presentConnection(await app.meetings.session(asked, asked.params.session_id)));
  },
});
