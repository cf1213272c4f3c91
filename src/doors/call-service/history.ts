import { Type } from 'typebox';
import { countedHistory } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { WholeNumber } from '../whole-number.ts';
import { say } from '../words.ts';
import { presentRecord } from './present.ts';
import {
  CallId,
  CallStatus,
  CallType,
  RejectReason,
  Success,
  Time,
  TimeOrNull,
  UserNumber,
} from './schema.ts';

const CallRecord = Type.Object({
  callId: CallId,
  callerId: UserNumber,
  callerName: Type.String(),
  calleeId: UserNumber,
  calleeName: Type.String(),
  callType: CallType,
  status: CallStatus,
  reason: Type.Optional(RejectReason),
  duration: Type.Integer({ description: 'Whole seconds from connection; 0 if never connected.' }),
  startTime: Time,
  endTime: TimeOrNull,
});

/** 获取通话记录 */
export const history = route({
  method: 'GET',
  url: '/api/v1/rtc/call/history',
  access: 'user-or-service',
  summary: '获取通话记录: calls somebody was part of, newest first',
  query: Type.Object({
    userId: WholeNumber({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, examples: [10001] }),
    page: Type.Optional(WholeNumber({ minimum: 1, maximum: 10_000_000, default: 1 })),
    size: Type.Optional(WholeNumber({ minimum: 1, maximum: 100, default: 20 })),
  }),
  response: Success(
    Type.Object({
      total: Type.Integer(),
      page: Type.Integer(),
      size: Type.Integer(),
      records: Type.Array(CallRecord),
    }),
  ),
  errors: ['not_found'],
  async handler(app, asked) {
    const { userId, page = 1, size = 20 } = asked.query;
    const { told, people, total } = await countedHistory(app, asked, userId, {
      limit: size,
      offset: (page - 1) * size,
    });
    const now = app.clock.now();
    const records = told.map((call) => presentRecord(call, people, now));
    return {
      code: 200 as const,
      message: say('success', asked.locale),
      data: { total, page, size, records },
    };
  },
});
