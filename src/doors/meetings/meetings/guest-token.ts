import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OrNull, Success, success } from '../envelope.ts';
import { Nickname } from '../user.ts';
import { OfMeeting, Password } from './schema.ts';

/** A token for somebody without an account: good for this meeting and nothing else. */
export const guestToken = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/guests',
  access: 'public',
  summary: 'Come by the link without an account, where the meeting allows it; each time as somebody new',
  params: OfMeeting,
  body: Type.Object({ nickname: Nickname, password: Type.Optional(OrNull(Password)) }),
  response: Success(
    Type.Object({
      user_id: Type.Integer(),
      uid: Type.String(),
      nickname: Type.String(),
      meeting_id: Type.Integer(),
      access_token: Type.String({ description: 'Joins and uses this meeting. It is not renewed.' }),
      expires_in: Type.Integer({ description: 'Seconds', examples: [86_400] }),
    }),
    201,
  ),
  status: 201,
  errors: ['not_found', 'gone', 'forbidden'],
  async handler(app, asked) {
    const { params, body, customer } = asked;
    const { user, token, expiresIn } = await app.guests.create(params.id, {
      nickname: body.nickname,
      password: body.password ?? undefined,
      address: customer,
    });
    return success(
      asked,
      {
        user_id: user.id,
        uid: user.uid,
        nickname: user.displayName,
        meeting_id: params.id,
        access_token: token,
        expires_in: expiresIn,
      },
      201,
    );
  },
});
