import { Type } from 'typebox';
import { history } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { instant } from '../time.ts';
import { WholeNumber } from '../whole-number.ts';
import { presentLine } from './present.ts';
import { CallStatus, CallType, callerParts, callParts, Time, UserId } from './schema.ts';

/** 获取通话记录 */
export const calls = route({
  method: 'GET',
  url: '/api/v1/rtc/calls/:userId',
  access: 'user-or-service',
  summary: '获取通话记录: calls somebody was part of, newest first',
  params: Type.Object({ userId: UserId }),
  query: Type.Object({
    type: Type.Optional(CallType),
    status: Type.Optional(CallStatus),
    startTime: Type.Optional(Type.String({ description: 'Begun at or after; ISO 8601' })),
    endTime: Type.Optional(Type.String({ description: 'Begun before; ISO 8601' })),
    limit: Type.Optional(WholeNumber({ minimum: 1, maximum: 100, default: 20 })),
    offset: Type.Optional(WholeNumber({ minimum: 0, maximum: 1_000_000_000, default: 0 })),
  }),
  response: Type.Array(
    Type.Object({ ...callParts, ...callerParts, duration: Type.Integer(), endedAt: Type.Optional(Time) }),
  ),
  errors: ['not_found'],
  async handler(app, asked) {
    const { type, status, startTime, endTime, limit = 20, offset = 0 } = asked.query;
    const filter = {
      ...(type === undefined ? {} : { kind: type }),
      ...(status === undefined ? {} : { states: [status] }),
      ...(startTime === undefined ? {} : { from: instant(startTime, 'startTime') }),
      ...(endTime === undefined ? {} : { to: instant(endTime, 'endTime') }),
    };
    const { told, people } = await history(app, asked, asked.params.userId, { filter, limit, offset });
    const now = app.clock.now();
    return told.map((call) => presentLine(call, people, now));
  },
});
