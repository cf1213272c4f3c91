import type { Rows } from '../row.ts';
import { open, personal } from '../row.ts';

let accounts = 0;

/** Contract E. */
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
  'GET /api/v1/users/profile': [personal(() => ({ path: '/api/v1/users/profile' }))],
  'PUT /api/v1/users/profile': [
    personal(() => ({ path: '/api/v1/users/profile', body: { nickname: 'Another' } })),
  ],
};
