import type { Route } from '../../route.ts';
import { listAudit } from './audit.ts';
import { banRoutes } from './ban.ts';
import { adminUserRoutes } from './users.ts';

/** 用户管理（管理员） */
export const adminRoutes: readonly Route[] = [...adminUserRoutes, ...banRoutes, listAudit];
