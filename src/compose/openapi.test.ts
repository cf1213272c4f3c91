import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../core/app.ts';
import { createHttp, openDoor } from '../doors/http.ts';
import { describeApi } from '../doors/openapi.ts';
import { DOORS } from './doors.ts';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  const?: unknown;
  $ref?: string;
}

let document: {
  openapi: string;
  info: Record<string, unknown>;
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  security: object[];
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, unknown> };
};
let operations: { method: string; path: string; operation: Operation }[];

// No route is called: the document is made of what they say of themselves.
beforeAll(async () => {
  const http = createHttp({ trustProxy: false, logger: pino({ level: 'silent' }) });
  await describeApi(http, { doors: DOORS });
  for (const door of DOORS) {
    await openDoor(http, door, {} as App, { trustProxy: false, rateLimits: false });
  }
  await http.ready();
  document = JSON.parse(JSON.stringify(http.swagger()));
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
});

const braces = (url: string) => url.replace(/:(\w+)/g, '{$1}');

describe('the OpenAPI document', () => {
  test('is a document of OpenAPI 3.1 that says what it is and how to come in', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({
      title: 'Parley',
      version: expect.any(String),
      description: expect.any(String),
    });
    expect(document.servers).not.toHaveLength(0);
    expect(document.components.securitySchemes).toEqual({
      bearer: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    });
    expect(document.security).toEqual([{ bearer: [] }]);
  });

  test('has every route of every door, under the door’s tag, and no other', () => {
    const told = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort();
    const routes = DOORS.flatMap((door) =>
      door.routes.map((route) => `${route.method} ${braces(route.url)}`),
    );
    expect(told).toEqual(routes.sort());
    for (const door of DOORS) {
      expect(document.tags.find((tag) => tag.name === door.name)?.description).toBe(door.description);
      for (const route of door.routes) {
        const operation = document.paths[braces(route.url)]?.[route.method.toLowerCase()];
        expect(operation?.tags).toEqual([door.name]);
        expect(operation?.summary).toBe(route.summary);
      }
    }
  });

  test('names each operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]+$/);
  });

  test('describes every parameter of a path, and only those', () => {
    for (const { path, operation } of operations) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const told = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect(told.map((one) => one.name)).toEqual(wanted);
      for (const one of told) expect(one.required).toBe(true);
    }
  });

  test('tells the errors of every route in its door’s own form', () => {
    for (const door of DOORS) {
      for (const route of door.routes) {
        const operation = document.paths[braces(route.url)]?.[route.method.toLowerCase()];
        const statuses = Object.keys(operation?.responses ?? {});
        const usual = ['429', '500', '503'];
        if (route.access !== 'public') usual.push('401', '403');
        if (route.body) usual.push('400', '413', '415');
        expect(statuses, `${route.method} ${route.url}`).toEqual(expect.arrayContaining(usual));
        for (const status of statuses.filter((one) => Number(one) >= 400)) {
          const schema = operation?.responses[status]?.content?.['application/json']?.schema;
          expect(Object.keys(schema?.properties ?? {})).toEqual(
            Object.keys((door.errorSchema as Schema).properties ?? {}),
          );
        }
      }
    }
  });

  test('says which bodies may be missing, and what comes as a form', () => {
    const bodyOf = (path: string, method: string) => document.paths[path]?.[method]?.requestBody;
    expect(bodyOf('/api/v1/users/account', 'delete')?.required).toBe(false);
    expect(bodyOf('/api/v1/auth/login', 'post')?.required).toBe(true);
    const form = bodyOf('/api/v1/users/upload-avatar', 'post');
    expect(Object.keys(form?.content ?? {})).toEqual(['multipart/form-data']);
    expect(form?.content['multipart/form-data']?.schema.properties).toMatchObject({
      file: { type: 'string', format: 'binary' },
    });
  });

  test('says which routes need no token', () => {
    for (const door of DOORS) {
      for (const route of door.routes) {
        const operation = document.paths[braces(route.url)]?.[route.method.toLowerCase()];
        const expected = { public: [], optional: [{}, { bearer: [] }] }[route.access as string];
        expect(operation?.security).toEqual(expected);
      }
    }
  });

  test('refers to nothing that is not in it, and every schema is an object', () => {
    const look = (value: unknown, at: string): void => {
      if (Array.isArray(value)) {
        for (const [i, one] of value.entries()) look(one, `${at}/${i}`);
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, one] of Object.entries(value)) {
          if (key === '$ref') {
            const target = String(one)
              .slice(2)
              .split('/')
              .reduce<unknown>(
                (node, part) => (node as Record<string, unknown> | undefined)?.[part],
                document,
              );
            expect(target, `${at} refers to ${one}`).toBeDefined();
          }
          if (key === 'schema') expect(typeof one, at).toBe('object');
          look(one, `${at}/${key}`);
        }
      }
    };
    look(document, '#');
  });
});
