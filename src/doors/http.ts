import { randomUUID } from 'node:crypto';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastJsonStringify from 'fast-json-stringify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Fastify, { LogController } from 'fastify';
import { IsOptional, type TSchema } from 'typebox';
import type { App } from '../core/app.ts';
import { invalid, ParleyError, toParleyError } from '../core/errors.ts';
import type { Principal } from '../core/identity/principal.ts';
import { admit } from './access.ts';
import { customerOf } from './address.ts';
import { tooDeep } from './depth.ts';
import { RouteLimit, routeName } from './limit.ts';
import { localeOf } from './locale.ts';
import { errorResponses } from './openapi.ts';
import type { OriginFacts } from './origin.ts';
import { originOf } from './origin.ts';
import type { Asked, Door, Route } from './route.ts';
import { fileOf, takeForms } from './upload.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined;
  }
  interface FastifyContextConfig {
    /** Set on contract routes; the matrix test reads it. */
    access?: Route['access'];
    /** The error answers by status: for the documentation alone, a serializer for each would cost most of the start. */
    failures?: Record<number, TSchema>;
    /** The fields of a form that may hold the file; for the documentation. */
    upload?: readonly string[];
  }
}

export interface HttpOptions {
  trustProxy: boolean | string;
  logger: FastifyBaseLogger;
  tls?: { cert: Buffer; key: Buffer };
  /** Answers what fails before a route is looked for: an address that is none, or too long. */
  malformed?: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;
}

/** Of one process: a random beginning and a count, for it need not be a secret. */
const start = randomUUID().slice(0, 13);
let requests = 0;
const nextRequestId = () => `${start}-${(++requests).toString(36)}`;

/** Bodies over this are 413. */
const BODY_LIMIT = 1024 * 1024;
/** A request has come whole by then; Fastify itself would wait for ever. */
const REQUEST_MS = 60_000;

/** Fastify with what every door shares: ids, strict JSON, schemas that do not guess at bodies. */
export function createHttp(options: HttpOptions): FastifyInstance {
  // A child of its own for each request would mostly be thrown away: what is logged of one names its id itself.
  const logger: FastifyBaseLogger = Object.create(options.logger, { child: { value: () => logger } });
  const http = Fastify({
    loggerInstance: logger,
    trustProxy: options.trustProxy,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    // Request lines would repeat tokens in URLs; the access log is the metrics door's hook.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : nextRequestId();
    },
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle',
    ...(options.malformed ? { frameworkErrors: options.malformed } : {}),
    ...(options.tls ? { https: options.tls } : {}),
  }) as unknown as FastifyInstance;
  http.setValidatorCompiler(compile as never);
  http.setSerializerCompiler(({ schema }) => serializer(schema as fastJsonStringify.Schema));
  // Fastify takes plain text by default; here it is 415 like everything that is not JSON.
  http.removeContentTypeParser('text/plain');
  const parse = http.getDefaultJsonParser('error', 'error');
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // PostgreSQL keeps no NUL in a text; nobody means one.
    if (body.includes('\\u0000')) return done(new ParleyError('invalid', 'invalid.body', { field: 'body' }));
    parse(request, body as string, (error, value: unknown) => {
      const deep = typeof value === 'object' && value !== null && tooDeep(value as Record<string, unknown>);
      done(deep ? invalid(deep) : error, value);
    });
  });
  http.decorateRequest('principal', undefined);
  leaveNobodyWaiting(http);
  return http;
}

type Part = Parameters<typeof TypeBoxValidatorCompiler>[0];

/** A body that may be missing is checked when it is there. */
function compile(part: Part) {
  const check = TypeBoxValidatorCompiler(part);
  if (part.httpPart !== 'body' || !IsOptional(part.schema as TSchema)) return check;
  return (value: unknown) => (value === undefined || value === null ? { value: undefined } : check(value));
}

/** Made for the first answer: all together they cost a fifth of the start, and most routes are seldom asked. */
function serializer(schema: fastJsonStringify.Schema): (answer: unknown) => string {
  let write: ((answer: object) => string) | undefined;
  return (answer) => {
    write ??= fastJsonStringify(schema);
    return write(answer as object);
  };
}

/** A server that stops takes its connections back with their last answers, or it would wait for idle ones. */
function leaveNobodyWaiting(http: FastifyInstance): void {
  http.addHook('preClose', (done) => {
    http.server.keepAliveTimeout = 1;
    done();
  });
}

export interface DoorFacts extends OriginFacts {
  /** Whether the doors' limits hold. */
  rateLimits: boolean;
}

/** Puts a door's routes on the server, inside its own envelope. */
export async function openDoor(http: FastifyInstance, door: Door, app: App, facts: DoorFacts): Promise<void> {
  await http.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => answerError(door, error, request, reply));
    const add = (to: FastifyInstance, routes: readonly Route[]) => {
      for (const route of routes) addRoute(to, door, route, app, facts);
    };
    add(
      scope,
      door.routes.filter(({ signed, upload }) => !signed && !upload),
    );
    await scope.register(async (texts) => {
      takeText(texts);
      add(
        texts,
        door.routes.filter(({ signed }) => signed),
      );
    });
    const uploads = door.routes.filter(({ upload }) => upload);
    if (uploads.length === 0) return;
    await scope.register(async (forms) => {
      await takeForms(forms);
      add(forms, uploads);
    });
  });
}

/** Bodies as they came: a signature is over the text, not over what it says. */
function takeText(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body));
}

function addRoute(scope: FastifyInstance, door: Door, route: Route, app: App, facts: DoorFacts) {
  const status = route.status ?? 200;
  const line = facts.rateLimits ? door.limits?.[routeName(route)] : undefined;
  const limit = line && new RouteLimit(app, routeName(route), line);
  scope.route({
    method: route.method,
    url: route.url,
    config: {
      access: route.access,
      failures: errorResponses(door, route),
      ...(route.upload && { upload: route.upload }),
    },
    schema: {
      summary: route.summary,
      tags: [door.name],
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      response: { [status]: answered(route) },
      ...(route.access === 'public' ? { security: [] } : {}),
    },
    onRequest: async (request, reply) => {
      try {
        request.principal = await admit(app, route, request);
      } finally {
        // Also of who was not let in.
        await limit?.count(request, reply);
      }
    },
    handler: async (request, reply) => {
      try {
        const answer = await route.handler(app, asked(request, facts, route));
        reply.code(status);
        if (route.file) asFile(reply, route.file);
        return answer;
      } catch (error) {
        await limit?.refused(request, error);
        throw error;
      }
    },
  });
}

const answered = ({ file, response }: Route) =>
  file ? { content: { [file.type]: { schema: response } } } : response;

function asFile(reply: FastifyReply, { type, name }: NonNullable<Route['file']>): void {
  reply.type(`${type}; charset=utf-8`).header('content-disposition', `attachment; filename="${name}"`);
}

// biome-ignore lint/suspicious/noExplicitAny: the schemas have checked the parts; `route()` gives them their types.
function asked(request: FastifyRequest, facts: OriginFacts, { upload }: Route): Asked<any, any, any, any> {
  const device = request.headers['x-device-id'];
  return {
    principal: request.principal as Asked<'user-or-service', 0, 0, 0>['principal'],
    params: request.params,
    query: request.query,
    body: request.body,
    authorization: request.headers.authorization,
    locale: localeOf(request.headers['accept-language']),
    requestId: request.id,
    ip: request.ip,
    file: () => fileOf(request, upload ?? []),
    // Few ask for these.
    get customer() {
      return customerOf(request.ip);
    },
    get origin() {
      return originOf(request.raw, facts);
    },
    userAgent: request.headers['user-agent'] ?? '',
    device:
      typeof device === 'string' && device !== '' ? device.slice(0, 64) : (request.principal?.jti ?? null),
  };
}

/** The one way from anything thrown to an answer; what we do not know is logged and not told. */
export function answerError(door: Door, thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const error = fromFastify(thrown);
  if (error.code === 'internal')
    request.log.error({ err: thrown, requestId: request.id }, 'unexpected error');
  const locale = localeOf(request.headers['accept-language']);
  const path = request.url.split('?', 1)[0] ?? '';
  const { status, body } = door.error(error, { locale, requestId: request.id, path });
  const wait = error.details.retryAfter;
  if (typeof wait === 'number') reply.header('retry-after', String(wait));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

interface Problem {
  statusCode?: number;
  code?: string;
  validation?: readonly { instancePath?: string; keyword?: string; params?: Record<string, unknown> }[];
  validationContext?: string;
}

/** Fastify's own refusals in the core's words. */
function fromFastify(thrown: unknown): ParleyError {
  if (thrown instanceof ParleyError) return thrown;
  const problem = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Problem;
  if (problem.validation) return new ParleyError('invalid', 'invalid.field', { field: fieldOf(problem) });
  if (problem.statusCode === 413) return new ParleyError('too_large', 'too_large');
  if (problem.statusCode === 415) return new ParleyError('unsupported', 'unsupported');
  if (problem.code?.startsWith('FST_ERR_CTP') || thrown instanceof SyntaxError) {
    return new ParleyError('invalid', 'invalid.body', { field: 'body' });
  }
  if (problem.statusCode !== undefined && problem.statusCode >= 400 && problem.statusCode < 500) {
    return new ParleyError('invalid', 'invalid.request');
  }
  return toParleyError(thrown);
}

function fieldOf(problem: Problem): string {
  const first = problem.validation?.[0];
  const missing = first?.params?.requiredProperties;
  const path = (first?.instancePath ?? '').split('/').filter(Boolean);
  if (Array.isArray(missing) && typeof missing[0] === 'string') path.push(missing[0]);
  return path.length > 0 ? path.join('.') : (problem.validationContext ?? 'body');
}
