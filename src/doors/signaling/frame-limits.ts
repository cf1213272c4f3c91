import type { App } from '../../core/app.ts';
import type { Limits } from '../limit.ts';
import { RouteLimit } from '../limit.ts';
import type { ClientType } from './client-frames.ts';

/** What a frame writes counts with the route that does the same. */
const ROUTES: Partial<Record<ClientType, string>> = {
  join: 'POST /api/v1/meetings/:id/join',
  leave: 'POST /api/v1/meetings/:id/leave',
  chat: 'POST /api/v1/meetings/:id/messages',
  'media-state': 'POST /api/v1/webrtc/peer/:peerId/media',
};

export type FrameLimits = ReadonlyMap<string, RouteLimit>;

export function frameLimits(app: App, limits: Limits): FrameLimits {
  const lines = Object.entries(ROUTES).flatMap(([type, route]) => {
    const limit = limits[route];
    return limit === undefined ? [] : [[type, new RouteLimit(app, route, limit)] as const];
  });
  return new Map(lines);
}
