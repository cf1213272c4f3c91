import { Type } from 'typebox';
import { invite as inviteTo } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { CallId, UserId } from './schema.ts';

/** 邀请加入通话 */
export const invite = route({
  method: 'POST',
  url: '/api/v1/rtc/invite',
  access: 'user-or-service',
  summary: '邀请加入通话: ask more people in; answers all but those who are busy elsewhere',
  body: Type.Object({
    callId: CallId,
    inviterId: UserId,
    inviteeIds: Type.Array(UserId, { maxItems: 100 }),
  }),
  response: Type.Object({ success: Type.Literal(true), invited: Type.Array(UserId) }),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, inviterId, inviteeIds } = asked.body;
    const { asked: invited } = await inviteTo(app, asked, callId, {
      inviter: inviterId,
      invitees: inviteeIds,
      field: 'inviteeIds',
    });
    return { success: true as const, invited };
  },
});
