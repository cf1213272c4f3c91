import { Type } from 'typebox';
import { legOf, readCall } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { mediaOf } from './media.ts';
import { presentDetail } from './present.ts';
import {
  CallId,
  CallStatus,
  callerParts,
  callParts,
  Media,
  RejectReason,
  TextOrNull,
  Time,
  UserId,
} from './schema.ts';

const Callee = Type.Object({
  userId: UserId,
  userName: Type.String(),
  userAvatar: TextOrNull,
  status: CallStatus,
  joinedAt: Type.Optional(Time),
  rejectReason: Type.Optional(RejectReason),
});

/** 获取通话详情 */
export const detail = route({
  method: 'GET',
  url: '/api/v1/rtc/call/:id',
  access: 'user-or-service',
  summary: '获取通话详情: one call and how each callee stands; its media for somebody who is in it',
  params: Type.Object({ id: CallId }),
  response: Type.Object({
    ...callParts,
    ...callerParts,
    calleeInfo: Type.Array(Callee),
    duration: Type.Integer(),
    connectedAt: Type.Optional(Time),
    endedAt: Type.Optional(Time),
    media: Type.Optional(Media),
  }),
  errors: ['not_found'],
  async handler(app, asked) {
    const { told, people } = await readCall(app, asked, asked.params.id);
    const { principal } = asked;
    const detail = presentDetail(told, people, app.clock.now());
    if (principal.kind !== 'user' || legOf(told, principal.user.uid)?.state !== 'joined') return detail;
    return { ...detail, media: await mediaOf(app, told, principal.user, asked.origin) };
  },
});
