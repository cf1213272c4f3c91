import type { Door } from '../route.ts';
import { Failure } from './envelope.ts';
import { error } from './errors.ts';
import { getProfile } from './get-profile.ts';
import { login } from './login.ts';
import { putProfile } from './put-profile.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';

/** Contract E: accounts, so far. */
export const meetings: Door = {
  name: 'meetings',
  description: 'Accounts of the meeting platform (contract E).',
  routes: [register, login, refresh, getProfile, putProfile],
  prefixes: ['/api/v1'],
  errorSchema: Failure,
  error,
};
