import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MediaPrincipal } from '../../../core/identity/principal.ts';
import type { RoomService } from '../../../core/media/index.ts';
import type { LiveKitApp } from '../door.ts';
import { refusalOf } from '../refusal.ts';
import { principalOf, tokenIn } from '../token.ts';
import { badRoute, denied, TwirpError, twirpError } from './errors.ts';
import type { Method } from './method.ts';
import { otherServices } from './other-services.ts';
import { roomService } from './room-service.ts';

const SERVICES: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  RoomService: roomService,
  ...otherServices,
};

/** Exactly this: LiveKit's clients compare the whole of it. */
const JSON_TYPE = 'application/json';
const PROTOBUF_TYPE = 'application/protobuf';

/** Data to send and metadata fit in; Twirp itself knows no limit. */
const BODY_LIMIT = 2 * 1024 * 1024;

export interface TwirpOptions {
  readonly failed: (what: string, error: unknown) => void;
}

/** LiveKit's server API: `POST /twirp/livekit.<Service>/<Method>`, in JSON and in protobuf. */
export async function addTwirp(
  http: FastifyInstance,
  app: LiveKitApp,
  service: RoomService,
  options: TwirpOptions,
): Promise<void> {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error, _request, reply) => {
      const twirp = tooLarge(error) ?? twirpError(error);
      if (twirp.code === 'internal') options.failed('serve the room service', error);
      sendError(reply, twirp);
    });
    const admitted = new WeakMap<FastifyRequest, Admitted>();
    scope.addHook('onRequest', async (request, reply) => {
      const found = await admit(app, request, reply);
      if (!found) return reply;
      admitted.set(request, found);
    });
    const handler = (request: FastifyRequest, reply: FastifyReply) => {
      const found = admitted.get(request);
      if (!found) throw denied();
      return serve(found, service, request, reply);
    };
    // Some clients are told an address with a slash at its end.
    for (const base of ['/twirp', '//twirp']) {
      scope.route({ method: ['GET', 'POST'], url: `${base}/*`, schema: { hide: true }, handler });
    }
  });
}

/** A call as its head says it: nothing of the body has been read. */
interface Admitted {
  principal: MediaPrincipal;
  method: Method;
  type: typeof JSON_TYPE | typeof PROTOBUF_TYPE;
}

/** Before the body: a stranger makes the server read nothing. Undefined when it has been answered. */
async function admit(
  app: LiveKitApp,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Admitted | undefined> {
  const path = request.url.split('?', 1)[0] ?? '';
  const principal = await asker(app, request, reply);
  if (reply.sent) return undefined;
  if (request.method !== 'POST') {
    throw badRoute(`unsupported method "${request.method}" (only POST is allowed)`, request.method, path);
  }
  const found = methodAt(path);
  if (!found) throw badRoute(`no handler for path "${path}"`, request.method, path);
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== JSON_TYPE && type !== PROTOBUF_TYPE) {
    const given = request.headers['content-type'] ?? '';
    throw badRoute(`unexpected Content-Type: "${given}"`, request.method, path);
  }
  if (!principal) throw denied();
  if (found === 'unimplemented') throw new TwirpError('unimplemented', 'not implemented');
  return { principal, method: found, type };
}

async function serve(
  { principal, method, type }: Admitted,
  service: RoomService,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const binary = type === PROTOBUF_TYPE;
  const asked = parse(method, request.body, binary);
  if (!method.may(principal, asked)) throw denied();
  const answer = await method.run(service, asked);
  // Bytes, for a text's content type would be given a charset.
  const bytes = binary
    ? Buffer.from(answer.toBinary())
    : Buffer.from(answer.toJsonString({ emitDefaultValues: true, useProtoFieldName: true }));
  return reply.type(type).send(bytes);
}

/** A bad token is refused before Twirp, as text; without one it is the method that is not allowed. */
async function asker(
  app: LiveKitApp,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<MediaPrincipal | undefined> {
  try {
    const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
    return await principalOf(app.identity, tokenIn(request.headers.authorization, query));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.status === 500) throw error;
    reply.code(refusal.status).type('text/plain; charset=utf-8').send(refusal.message);
    return undefined;
  }
}

function methodAt(path: string): Method | 'unimplemented' | undefined {
  const [, serviceName = '', methodName = ''] = /^\/{1,2}twirp\/livekit\.(\w+)\/(\w+)$/.exec(path) ?? [];
  if (!Object.hasOwn(SERVICES, serviceName)) return undefined;
  const methods = SERVICES[serviceName] ?? {};
  if (Object.hasOwn(methods, methodName)) return methods[methodName];
  return methods === roomService ? undefined : 'unimplemented';
}

function parse(method: Method, body: unknown, binary: boolean): unknown {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  try {
    return method.parse(bytes, binary);
  } catch {
    const what = binary ? 'protobuf' : 'json';
    throw new TwirpError('malformed', `the ${what} request could not be decoded`);
  }
}

const tooLarge = (error: unknown): TwirpError | undefined =>
  (error as { statusCode?: number }).statusCode === 413
    ? new TwirpError('resource_exhausted', 'request is too large')
    : undefined;

function sendError(reply: FastifyReply, error: TwirpError): void {
  reply.code(error.status).type(JSON_TYPE).send(Buffer.from(error.body));
}
