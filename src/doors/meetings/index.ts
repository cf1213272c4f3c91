import type { Door } from '../route.ts';
import { adminRoutes } from './admin/index.ts';
import { authRoutes } from './auth/index.ts';
import { Failure } from './envelope.ts';
import { error } from './errors.ts';
import { limits } from './limits.ts';
import { userRoutes } from './users/index.ts';

/** Contract E: accounts, so far. */
export const meetings: Door = {
  name: 'meetings',
  description: 'Accounts of the meeting platform (contract E).',
  routes: [...authRoutes, ...userRoutes, ...adminRoutes],
  limits,
  prefixes: ['/api/v1'],
  errorSchema: Failure,
  error,
};

export { addAvatarFiles } from './users/index.ts';
