import { ListRoomsRequest } from '@livekit/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../core/app.ts';
import { forbidden, notFound, ParleyError, toParleyError } from '../../core/errors.ts';
import type { MediaSessions } from '../../core/media/index.ts';
import { bearer } from '../access.ts';
import { localeOf } from '../locale.ts';
import { announcementOf, likelySource, sectionsOf } from '../offered-sections.ts';
import { statusOf } from '../status.ts';
import { sayError } from '../words.ts';
import { allowAnyPage, answerOptions } from './cors.ts';
import { credentialsIn, fragmentOf, withCredentials } from './fragment.ts';
import type { Protocol } from './joining.ts';
import { joinerOf, joiningOf } from './joining.ts';
import { iceLinks } from './links.ts';
import { Resource } from './resource.ts';

const SDP_TYPE = 'application/sdp';
const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';
const BODY_LIMIT = 256 * 1024;
/** One person's encoders and players; more are a loop gone wild. */
const GREATEST_RESOURCES = 10_000;
/** When a player that found nobody is to look again. */
const RETRY_AFTER_S = 3;

export interface WhipOptions {
  readonly failed: (what: string, error: unknown) => void;
}

type Asked = FastifyRequest<{ Params: { room: string; id?: string } }>;

/** Statuses that RFC 9725 gives to what is otherwise ours to say. */
const STATUS: Readonly<Record<string, number>> = {
  'whip.no_media': 422,
  'whip.changed': 412,
  'whip.no_condition': 428,
  'whip.no_numbers': 501,
  'whip.nothing_to_play': 409,
  'whip.method': 405,
};

/**
 * WHIP (RFC 9725) and WHEP (its draft): an encoder publishes into a room, a player plays it, each
 * with one offer over HTTP. Both are members of the room like any other.
 */
export async function openWhip(http: FastifyInstance, app: App, media: MediaSessions, options: WhipOptions) {
  const resources = new Map<
    string,
    { resource: Resource; identity: string; protocol: Protocol; room: string }
  >();
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((thrown, request, reply) => {
      const error = knownError(thrown);
      if (error.code === 'internal') options.failed('serve WHIP', thrown);
      return problem(error, request, reply);
    });
    scope.addHook('onRequest', (request, reply, done) => {
      allowAnyPage(request, reply);
      done();
    });
    for (const protocol of ['whip', 'whep'] as const) addRoutes(scope, protocol);
  });

  function addRoutes(scope: FastifyInstance, protocol: Protocol) {
    const endpoint = `/${protocol}/:room`;
    const at = `${endpoint}/:id`;
    const schema = { hide: true };
    const route = (method: string, url: string, handler: (request: Asked, reply: FastifyReply) => unknown) =>
      scope.route({ method: method as 'GET', url, schema, handler: handler as never });
    route('OPTIONS', endpoint, (_, reply) => answerOptions(reply, SDP_TYPE));
    route('OPTIONS', at, (_, reply) => answerOptions(reply, undefined));
    route('POST', endpoint, (request, reply) => begin(protocol, request, reply));
    route('PATCH', at, (request, reply) => patch(request, reply));
    route('DELETE', at, async (request, reply) => {
      const { resource } = await resourceOf(request);
      checkCondition(request, resource);
      resource.close();
      return reply.code(200).send();
    });
    for (const [url, methods] of [
      [endpoint, ['GET', 'PUT', 'PATCH', 'DELETE']],
      [at, ['GET', 'PUT', 'POST']],
    ] as const) {
      for (const method of methods) {
        route(method, url, () => {
          throw new ParleyError('unsupported', 'whip.method');
        });
      }
    }
  }

  async function begin(protocol: Protocol, request: Asked, reply: FastifyReply) {
    const principal = await joinerOf(
      app.identity,
      bearer(request.headers.authorization),
      protocol,
      request.params.room,
    );
    if (protocol === 'whep' && !app.engine.facts.mapsNumbers)
      throw new ParleyError('unsupported', 'whip.no_numbers');
    checkType(request, SDP_TYPE);
    if (resources.size >= GREATEST_RESOURCES) throw new ParleyError('unavailable', 'unavailable');
    const offer = String(request.body ?? '');
    const sections = sectionsOf(offer);
    const wanted = sections.filter(({ sends, receives }) => (protocol === 'whip' ? sends : receives));
    if (wanted.length === 0) throw new ParleyError('invalid', 'whip.no_media');
    const { identity } = principal;
    const { room } = request.params;
    if (protocol === 'whep' && !(await hasPublisher(media, room)))
      throw new ParleyError('conflict', 'whip.nothing_to_play');
    const resource = new Resource(({ id }) => resources.delete(id));
    // Before it is in: it may be out again by the time that is known.
    resources.set(resource.id, { resource, identity, protocol, room });
    try {
      const session = await media.join({ ...joiningOf(principal, protocol, request), ...wireOf(resource) });
      resource.begin(session);
      if (protocol === 'whip') {
        wanted.forEach((section, i) => {
          const before = wanted.slice(0, i).filter(({ kind }) => kind === section.kind).length;
          const value = announcementOf(section, likelySource(section, before === 0));
          session.receive({ case: 'addTrack', value });
        });
      }
      const answer = await resource.negotiate(offer);
      if (protocol === 'whep' && !/^a=send(only|recv)\r?$/m.test(answer)) {
        throw new ParleyError('conflict', 'whip.nothing_to_play');
      }
      reply.header('location', `/${protocol}/${encodeURIComponent(room)}/${resource.id}`);
      reply.header('etag', resource.etag).header('accept-patch', FRAGMENT_TYPE);
      for (const link of iceLinks(app, identity)) reply.header('link', link);
      return reply.code(201).type(SDP_TYPE).send(answer);
    } catch (error) {
      resource.close();
      throw error;
    }
  }

  /** Candidates of the client are not needed (the server is ICE-lite); new credentials restart ICE. */
  async function patch(request: Asked, reply: FastifyReply) {
    const { resource } = await resourceOf(request);
    checkType(request, FRAGMENT_TYPE);
    if (request.headers['if-match'] === undefined) throw new ParleyError('invalid', 'whip.no_condition');
    checkCondition(request, resource);
    const given = credentialsIn(String(request.body ?? ''));
    const restarts = given !== undefined && given.ufrag !== credentialsIn(resource.offer)?.ufrag;
    if (!restarts) return reply.code(204).send();
    const answer = await resource.negotiate(withCredentials(resource.offer, given));
    reply.header('etag', resource.retag()).type(FRAGMENT_TYPE);
    return reply.send(fragmentOf(answer));
  }

  /** The session, for who began it: `not_found` also for everybody else's. */
  async function resourceOf(request: Asked) {
    const known = resources.get(request.params.id ?? '');
    const protocol = request.url.startsWith('/whep') ? 'whep' : 'whip';
    const token = bearer(request.headers.authorization);
    const principal = await joinerOf(app.identity, token, protocol, request.params.room);
    const own = known && known.identity === principal.identity && known.room === request.params.room;
    if (!own || known.protocol !== protocol) throw notFound('whip.unknown');
    return known;
  }
}

/** Asked before somebody comes in for nothing; what there is to play may still not be what they can take. */
async function hasPublisher({ service }: MediaSessions, room: string): Promise<boolean> {
  const found = await service.listRooms(new ListRoomsRequest({ names: [room] }));
  return found.some(({ numPublishers }) => numPublishers > 0);
}

/** Fields of its prototype, as the engine calls them. */
const wireOf = (resource: Resource) => ({
  send: (message: Parameters<Resource['send']>[0]) => resource.send(message),
  end: (reason: Parameters<Resource['end']>[0]) => resource.end(reason),
});

/** `If-Match`, where it is given: one of these tags, or any. */
function checkCondition({ headers }: FastifyRequest, { etag }: Resource): void {
  const wanted = headers['if-match']?.split(',').map((tag) => tag.trim());
  if (wanted && !wanted.includes('*') && !wanted.includes(etag)) {
    throw new ParleyError('conflict', 'whip.changed');
  }
}

function checkType(request: FastifyRequest, type: string): void {
  const given = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (given !== type) throw new ParleyError('unsupported', 'unsupported');
}

/** Fastify's own refusals of a body among them. */
function knownError(thrown: unknown): ParleyError {
  const status = (thrown as { statusCode?: number }).statusCode;
  if (status === 413) return new ParleyError('too_large', 'too_large');
  if (status !== undefined && status >= 400 && status < 500)
    return new ParleyError('invalid', 'invalid.request');
  const error = toParleyError(thrown);
  return error.key === 'room.removed' ? forbidden('room.removed') : error;
}

/** RFC 9457, as RFC 9725 asks for. */
function problem(error: ParleyError, request: FastifyRequest, reply: FastifyReply) {
  const status = STATUS[error.key] ?? statusOf(error);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (error.key === 'whip.nothing_to_play') reply.header('retry-after', RETRY_AFTER_S);
  if (status === 405) reply.header('allow', 'OPTIONS, POST, PATCH, DELETE');
  const detail = sayError(error, localeOf(request.headers['accept-language']));
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ status, title: error.key, detail }));
}
