import { Type } from 'typebox';
import { route } from '../../route.ts';
import { say } from '../../words.ts';
import { Success, success } from '../envelope.ts';
import { Email } from '../user.ts';

/** 忘记密码 */
export const forgotPassword = route({
  method: 'POST',
  url: '/api/v1/auth/forgot-password',
  access: 'public',
  summary:
    '忘记密码: a link by mail, good once and for 30 minutes; the same answer whether anybody has the address',
  body: Type.Object({ email: Email }),
  response: Success(Type.Null()),
  async handler(app, asked) {
    const { locale } = asked;
    app.forgotten.ask(asked.body.email, (link) => ({
      subject: say('mail.reset_subject', locale),
      text: say('mail.reset_text', locale, { link }),
    }));
    return success(asked, null);
  },
});
