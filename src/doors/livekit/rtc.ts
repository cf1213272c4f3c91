import { ListRoomsRequest } from '@livekit/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MediaSessions } from '../../core/media/index.ts';
import { askedBy } from './asked.ts';
import type { LiveKitApp } from './door.ts';
import { NO_ROOM, Refusal, refusalOf } from './refusal.ts';
import { joinerOf, tokenIn } from './token.ts';

export interface RtcOptions {
  /** Whether joining makes a room that is not there. */
  readonly autoCreate: boolean;
  readonly failed: (what: string, error: unknown) => void;
}

/**
 * What LiveKit's clients ask beside the socket: whether a join would be let in, and whether the
 * server is there at all. Where the newer protocol cannot be spoken it is not found, upon which they
 * take the other one.
 */
export function addRtc(http: FastifyInstance, app: LiveKitApp, media: MediaSessions, options: RtcOptions) {
  const validating = (newer: boolean) => async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      const singlePeer = media.singlePeer === true;
      if (newer && !singlePeer) return absent(request, reply);
      const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
      const principal = await joinerOf(app.identity, tokenIn(request.headers.authorization, query));
      const origin = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
      const { joining } = askedBy(app, principal, query, origin, { newer, singlePeer, strict: true });
      await mustExist(media, joining.grant.room, options.autoCreate);
      return reply.type('text/plain; charset=utf-8').send('success');
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.status === 500) options.failed('validate a join', error);
      return reply.code(refusal.status).type('text/plain; charset=utf-8').send(refusal.message);
    }
  };
  const hidden = { schema: { hide: true } };
  for (const base of ['/rtc', '//rtc']) {
    http.get(`${base}/validate`, hidden, validating(false));
    http.get(`${base}/v1/validate`, hidden, validating(true));
    for (const path of [base, `${base}/v1`]) http.get(path, hidden, absent);
  }
  // Where the app's pages are not built, clients still look here for a sign of life.
  if (!http.hasRoute({ method: 'GET', url: '/' })) http.get('/', hidden, (_, reply) => reply.send('OK'));
}

const absent = (_: FastifyRequest, reply: FastifyReply) =>
  reply.code(404).type('text/plain; charset=utf-8').send('not found');

async function mustExist(media: MediaSessions, room: string, autoCreate: boolean): Promise<void> {
  if (autoCreate) return;
  const rooms = await media.service.listRooms(new ListRoomsRequest({ names: [room] }));
  if (rooms.length === 0) throw new Refusal(404, NO_ROOM);
}
