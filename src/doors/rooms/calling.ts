import { Type } from 'typebox';
import { route } from '../route.ts';
import { success } from './present.ts';
import { Success, Uid, Uids } from './schema.ts';

/** Who is busy. */
export const calling = route({
  method: 'POST',
  url: '/api/participants/calling',
  access: 'user-or-service',
  summary: '查询通话中的成员: who of these is invited or joined somewhere, in a room or a call',
  body: Type.Object({ uids: Uids(0) }),
  response: Success(Type.Object({ uids: Type.Array(Uid) })),
  async handler(app, asked) {
    const uids = await app.rooms.calling(asked, asked.body.uids);
    return success(asked.locale, 'room.calling', { uids });
  },
});
