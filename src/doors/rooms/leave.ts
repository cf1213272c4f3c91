import { Type } from 'typebox';
import { route } from '../route.ts';
import { success } from './present.ts';
import { namedIn, Place, Success } from './schema.ts';

/** 离开房间 */
export const leave = route({
  method: 'POST',
  url: '/api/participants/leave',
  access: 'user-or-service',
  summary: '离开房间: go, at once; an invitation that is left is turned down',
  body: Place,
  response: Success(Type.Null()),
  errors: ['not_found'],
  async handler(app, asked) {
    await app.rooms.leave(asked, namedIn(asked.body), asked.body.uid);
    return success(asked.locale, 'room.left', null);
  },
});
