import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { App } from '../core/app.ts';
import { asyncapi } from '../doors/asyncapi.ts';
import { callService } from '../doors/call-service/index.ts';
import { CallSocketDoor, callSocket, callSocketApi } from '../doors/call-socket/index.ts';
import { allowOrigins } from '../doors/cors.ts';
import { groupCalls } from '../doors/group-calls/index.ts';
import { addSecurityHeaders } from '../doors/headers.ts';
import { host } from '../doors/host/index.ts';
import { createHttp, openDoor } from '../doors/http.ts';
import { addAvatarFiles, meetings } from '../doors/meetings/index.ts';
import { describeApi, VERSION } from '../doors/openapi.ts';
import { addHealth, addReady, Metrics, openDocs } from '../doors/ops/index.ts';
import { rooms } from '../doors/rooms/index.ts';
import type { Door } from '../doors/route.ts';
import { SignalingDoor, signalingApi } from '../doors/signaling/index.ts';
import type { SocketDoor } from '../doors/sockets.ts';
import { routeSockets } from '../doors/sockets.ts';
import { answerOutside, answerUnknown } from '../doors/unknown.ts';
import { openPages, wantsPage } from '../doors/web/pages.ts';

export interface DoorsOptions {
  logger: FastifyBaseLogger;
  trustProxy: boolean | string;
  corsOrigins: readonly string[];
  rateLimits: boolean;
  /** Whether joining with a LiveKit token makes a room that is not there. */
  autoCreate: boolean;
  /** A LiveKit cluster's address over HTTP, when it carries the media. */
  cluster?: string | undefined;
  /** Where clients reach this server, if it was said. */
  publicUrl?: string | undefined;
  /** The built app; served if it is there. */
  webFolder: string;
  /** Of this process, as other nodes know it. */
  nodeId: string;
  failed: (what: string, error: unknown) => void;
  tls?: { cert: Buffer; key: Buffer };
}

/** Every contract's door, in the order of the documentation. */
export const DOORS: readonly Door[] = [callService, groupCalls, callSocket, rooms, meetings, host];

/** Opens all doors on one HTTP server; it does not listen yet. */
export async function openDoors(app: App, options: DoorsOptions) {
  const http = createHttp({ ...options, malformed: answerOutside(DOORS) });
  addSecurityHeaders(http, { tls: options.tls !== undefined, cluster: options.cluster });
  await allowOrigins(http, options.corsOrigins);
  await describeApi(http, { publicUrl: options.publicUrl, doors: DOORS });
  const metrics = new Metrics(app);
  metrics.open(http);
  addHealth(http);
  addReady(http, app);
  await openDocs(http, { asyncapi: asyncapi(VERSION, [callSocketApi, signalingApi]) });
  await addAvatarFiles(http, meetings, app);
  for (const door of DOORS) await openDoor(http, door, app, options);
  const hasPages = await openPages(http, options.webFolder);
  answerUnknown(http, DOORS, hasPages ? wantsPage : () => false);
  const sockets: SocketDoor[] = [
    new CallSocketDoor(app, { ...options, observer: metrics }),
    new SignalingDoor(app, { ...options, envelope: meetings }),
  ];
  if (app.media) {
    // Loaded when somebody can come in by it.
    const { openLiveKit } = await import('../doors/livekit/index.ts');
    const { openWhip } = await import('../doors/whip/index.ts');
    const refused = (reason: string) => metrics.refused(reason);
    sockets.push(...(await openLiveKit(http, app, app.media, { ...options, refused })));
    await openWhip(http, app, app.media, options);
  }
  routeSockets(http.server, sockets, DOORS);
  return { http, close: () => closeAll(http, sockets) };
}

/** New connections are refused first, then sockets are told to come back elsewhere, then requests finish. */
async function closeAll(http: FastifyInstance, sockets: readonly SocketDoor[]): Promise<void> {
  const closed = http.close();
  await Promise.all(sockets.map((door) => door.close()));
  await closed;
}
