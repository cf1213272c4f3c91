import type { Route } from '../../route.ts';
import { getProfile } from './get-profile.ts';
import { putProfile } from './put-profile.ts';

/** 用户服务 */
export const userRoutes: readonly Route[] = [getProfile, putProfile];
