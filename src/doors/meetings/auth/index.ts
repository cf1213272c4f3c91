import type { Route } from '../../route.ts';
import { forgotPassword } from './forgot-password.ts';
import { login } from './login.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { resetPassword } from './reset-password.ts';

/** 认证服务 */
export const authRoutes: readonly Route[] = [register, login, refresh, forgotPassword, resetPassword];
