import { Type } from 'typebox';
import { liveCallOf } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { presentActive } from './present.ts';
import { callParts, UserId } from './schema.ts';

/** 获取正在进行通话 */
export const active = route({
  method: 'GET',
  url: '/api/v1/rtc/active/:userId',
  access: 'user-or-service',
  summary: '获取正在进行通话: the call somebody is in or is being called in',
  params: Type.Object({ userId: UserId }),
  response: Type.Object({
    hasActiveCall: Type.Boolean(),
    call: Type.Optional(Type.Object({ ...callParts, duration: Type.Integer() })),
  }),
  errors: ['not_found'],
  async handler(app, asked) {
    const live = await liveCallOf(app, asked, asked.params.userId);
    return live
      ? { hasActiveCall: true, call: presentActive(live, app.clock.now()) }
      : { hasActiveCall: false };
  },
});
