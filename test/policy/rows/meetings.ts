import { createHash, randomUUID } from 'node:crypto';
import { aPicture } from '../../support/pictures.ts';
import type { Case, Rows } from '../row.ts';
import { closed, open, personal } from '../row.ts';

let accounts = 0;

/** For administrators and services, about somebody else. */
const administrative = (ask: Case['ask']): Case =>
  closed({ owner: 403, other: 403, admin: 200, service: 200 }, ask);
const about =
  (path = '', body?: unknown): Case['ask'] =>
  ({ spare }) => ({
    path: `/api/v1/admin/users/${spare.id}${path}`,
    ...(body === undefined ? {} : { body }),
  });

/** Contract E, sections 1 to 3. */
export const meetingsRows: Rows = {
  'POST /api/v1/auth/register': [
    open(() => {
      accounts += 1;
      return {
        path: '/api/v1/auth/register',
        body: { username: `fresh-${accounts}`, password: 'password123' },
      };
    }, 201),
  ],
  'POST /api/v1/auth/login': [
    open(async ({ account }) => {
      const { username, password } = await account();
      return { path: '/api/v1/auth/login', body: { username, password } };
    }),
  ],
  'POST /api/v1/auth/refresh': [
    open(async ({ account }) => {
      const { refreshToken } = await account();
      return { path: '/api/v1/auth/refresh', body: { refresh_token: refreshToken } };
    }),
  ],
  'POST /api/v1/auth/forgot-password': [
    open(() => ({ path: '/api/v1/auth/forgot-password', body: { email: 'nobody@example.com' } })),
  ],
  'POST /api/v1/auth/reset-password': [
    open(async ({ server, account }) => {
      const { username } = await account();
      const token = randomUUID();
      const hash = createHash('sha256').update(token).digest('hex');
      await server.app.store.transaction(async (tx) => {
        const userId = (await tx.users.byUsername(username))?.id ?? 0;
        await tx.resetTokens.save({ hash, userId, expiresAt: Date.now() + 60_000 });
      });
      return { path: '/api/v1/auth/reset-password', body: { token, new_password: 'password456' } };
    }),
  ],
  'GET /api/v1/users/profile': [personal(() => ({ path: '/api/v1/users/profile' }), 200, 200)],
  'PUT /api/v1/users/profile': [
    personal(() => ({ path: '/api/v1/users/profile', body: { nickname: 'Another' } })),
  ],
  'POST /api/v1/users/change-password': [
    // People of a host application have no password here: whatever they say is wrong.
    closed({ owner: 401, other: 401, admin: 401, service: 403 }, () => ({
      path: '/api/v1/users/change-password',
      body: { old_password: 'password123', new_password: 'password456' },
    })),
  ],
  'POST /api/v1/users/upload-avatar': [
    personal(async () => {
      const body = new FormData();
      body.set('file', new File([await aPicture()], 'me.png'));
      return { path: '/api/v1/users/upload-avatar', body };
    }),
  ],
  'DELETE /api/v1/users/account': [personal(() => ({ path: '/api/v1/users/account' }))],
  'GET /files/avatars/:name': [open(() => ({ path: '/files/avatars/1-nobody.webp' }), 404)],
  'GET /api/v1/admin/users': [administrative(() => ({ path: '/api/v1/admin/users' }))],
  'GET /api/v1/admin/users/:id': [administrative(about())],
  'PUT /api/v1/admin/users/:id': [administrative(about('', { nickname: 'Another' }))],
  'DELETE /api/v1/admin/users/:id': [administrative(about())],
  'POST /api/v1/admin/users/:id/ban': [administrative(about('/ban', { reason: 'spam' }))],
  'POST /api/v1/admin/users/:id/unban': [administrative(about('/unban'))],
  'GET /api/v1/admin/audit': [administrative(() => ({ path: '/api/v1/admin/audit' }))],
};
