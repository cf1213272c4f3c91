import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import { IsOptional, Type } from 'typebox';
import type { ErrorCode } from '../core/errors.ts';
import { ParleyError } from '../core/errors.ts';
import type { Door, Route } from './route.ts';

export interface ApiFacts {
  /** Where clients reach this server, if that is known. */
  publicUrl?: string | undefined;
  doors: readonly Pick<Door, 'name' | 'description' | 'routes'>[];
}

/** Gathers every route into one OpenAPI 3.1 document; to be called before the first route is added. */
export async function describeApi(http: FastifyInstance, facts: ApiFacts): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Parley',
        description: DESCRIPTION,
        version: VERSION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: facts.publicUrl ?? '/', description: 'This server' }],
      tags: [
        ...facts.doors.map(({ name, description }) => ({ name, description })),
        { name: 'ops', description: 'For whoever operates the server.' },
      ],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'A token from `POST /api/v1/auth/login`, or one signed with an API key (HS256).',
          },
        },
      },
      security: [{ bearer: [] }],
    },
    convertConstToEnum: false,
    transform: ({ schema, url, route }) => ({ url, schema: told(schema, url, route) }),
    transformObject: (made) => {
      if (!('openapiObject' in made)) return made.swaggerObject;
      for (const { method, url, body } of facts.doors.flatMap(({ routes }) => routes)) {
        if (body === undefined || !IsOptional(body)) continue;
        const path = made.openapiObject.paths?.[url.replace(/:(\w+)/g, '{$1}')];
        const told = path?.[method.toLowerCase() as 'post']?.requestBody;
        if (told && 'required' in told) told.required = false;
      }
      return made.openapiObject;
    },
  });
}

/** What routes do not say one by one. */
function told(schema: FastifySchema, url: string, route: RouteOptions): FastifySchema {
  const { access, failures, upload } = route.config ?? {};
  // Pages, probes and metrics are no part of the API.
  if (access === undefined) return { ...schema, hide: true };
  return {
    ...schema,
    response: { ...described(schema.response), ...failures },
    operationId: `${String(route.method).toLowerCase()}${url.replace(/[^A-Za-z0-9]+(\w)/g, (_, first: string) => first.toUpperCase())}`,
    ...(access === 'optional' ? { security: [{}, { bearer: [] }] } : {}),
    ...(access === 'public' ? {} : { headers: DeviceHeader }),
    ...(upload ? { consumes: ['multipart/form-data'], body: formOf(upload) } : {}),
  };
}

/** A form with the file in one of these fields. */
const formOf = (fields: readonly string[]) =>
  Type.Object(
    Object.fromEntries(
      fields.map((field) => [
        field,
        Type.Optional(Type.Unsafe<string>({ type: 'string', format: 'binary' })),
      ]),
    ),
  );

const described = (answers: unknown = { 200: { type: 'string' } }) =>
  Object.fromEntries(
    Object.entries(answers as Record<string, object>).map(([status, answer]) => [
      status,
      { description: 'What was asked for.', ...answer },
    ]),
  );

const DeviceHeader = Type.Object({
  'x-device-id': Type.Optional(
    Type.String({ maxLength: 64, description: 'The device that asks; else it is the token’s `jti`.' }),
  ),
});

/** This program's version, as its documents tell it. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

const DESCRIPTION = `Calls between people over several published contracts and one state. Each tag is one
contract, with its own envelope, words and error form. What happens on sockets is in \`/asyncapi.json\`.

A request is a device by its \`X-Device-Id\` header, else by its token's \`jti\`: exactly one device of each person
may answer a call. Messages are Chinese, or English by \`Accept-Language\`.`;

/** The error answers of a route, by status: what its access and its inputs can bring, and its own. */
export function errorResponses(door: Door, route: Route): Record<number, TSchema> {
  const codes: ErrorCode[] = ['limit', 'internal', 'unavailable', ...(route.errors ?? [])];
  if (route.params || route.query || route.body) codes.push('invalid');
  if (route.upload) codes.push('invalid');
  if (route.body || route.upload) codes.push('too_large', 'unsupported');
  if (route.access !== 'public') codes.push('unauthenticated', 'forbidden');
  const about = { locale: 'en' as const, requestId: '', path: route.url };
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = door.error(new ParleyError(code, code), about);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, reasons]) => [
      status,
      { ...door.errorSchema, description: reasons.map(why).join(' ') },
    ]),
  );
}

const why = (code: ErrorCode) => WHY[code];

const WHY: Record<ErrorCode, string> = {
  invalid: 'Something in the request is wrong; nothing was written.',
  unauthenticated: 'No token, or one that is not good.',
  forbidden: 'Not for this asker.',
  not_found: 'There is no such thing or person.',
  conflict: 'What is asked does not go with what is so now.',
  gone: 'It is over.',
  busy: 'Somebody is busy.',
  limit: 'Too many requests; see `Retry-After`.',
  too_large: 'The body is too large.',
  unsupported: 'The body is not JSON.',
  unavailable: 'The database, or something else the answer needs, does not answer.',
  internal: 'A fault of the server; its log has the request id.',
};
