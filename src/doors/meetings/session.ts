import { Type } from 'typebox';
import type { Session } from '../../core/users/index.ts';
import { presentUser, UserModel } from './user.ts';

/** What signing in and refreshing answer. */
export const SessionModel = Type.Object({
  token: Type.String(),
  refresh_token: Type.String({ description: 'Works once; a refresh brings the next.' }),
  expires_in: Type.Integer({ description: 'Seconds', examples: [86_400] }),
  user: UserModel,
});

export const presentSession = (session: Session) => ({
  token: session.token,
  refresh_token: session.refreshToken,
  expires_in: session.expiresIn,
  user: presentUser(session.user),
});
