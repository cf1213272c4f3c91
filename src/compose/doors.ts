import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { App } from '../core/app.ts';
import { callService } from '../doors/call-service/index.ts';
import { groupCalls } from '../doors/group-calls/index.ts';
import { host } from '../doors/host/index.ts';
import { createHttp, openDoor } from '../doors/http.ts';
import { meetings } from '../doors/meetings/index.ts';
import type { Door } from '../doors/route.ts';
import { answerUnknown } from '../doors/unknown.ts';
import { openPages, PAGE_POLICY, wantsPage } from '../doors/web/pages.ts';
import { describeApi } from '../doors/openapi.ts';
import { openDocs } from '../doors/ops/docs.ts';

export interface DoorsOptions {
  logger: FastifyBaseLogger;
  trustProxy: boolean | string;
  corsOrigins: readonly string[];
  rateLimits: boolean;
  /** Where clients reach this server, if it was said. */
  publicUrl?: string | undefined;
  /** The built app; served if it is there. */
  webFolder: string;
  tls?: { cert: Buffer; key: Buffer };
}

/** Every contract's door, in the order of the documentation. */
export const DOORS: readonly Door[] = [callService, groupCalls, meetings, host];

/** Opens all doors on one HTTP server; it does not listen yet. */
export async function openDoors(app: App, options: DoorsOptions) {
  const http = createHttp(options);
  await http.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
    // Avatars come from other hosts, and LiveKit's clients from other pages.
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: options.tls !== undefined,
  });
  const origins = options.corsOrigins.includes('*') ? '*' : [...options.corsOrigins];
  if (origins.length > 0) await http.register(fastifyCors, { origin: origins, maxAge: 600 });
  await describeApi(http, { publicUrl: options.publicUrl, doors: DOORS });
  await openDocs(http, {});
  for (const door of DOORS) await openDoor(http, door, app);
  const hasPages = await openPages(http, options.webFolder);
  answerUnknown(http, DOORS, hasPages ? wantsPage : () => false);
  return { http, close: () => closeAll(http) };
}

async function closeAll(http: FastifyInstance): Promise<void> {
  await http.close();
}
