import type { Route } from '../../route.ts';
import { login } from './login.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';

/** 认证服务 */
export const authRoutes: readonly Route[] = [register, login, refresh];
