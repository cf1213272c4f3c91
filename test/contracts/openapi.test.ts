import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOORS } from '../../src/compose/doors.ts';
import { api, startTestServer, type TestServer } from '../support/server.ts';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  const?: unknown;
  $ref?: string;
}

let server: TestServer;
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

beforeAll(async () => {
  server = await startTestServer();
  const { status, body } = await api(server, 'GET', '/openapi.json');
  expect(status).toBe(200);
  document = body;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
});
afterAll(() => server.close());

const braces = (url: string) => url.replace(/:(\w+)/g, '{$1}');

describe('/openapi.json', () => {
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

  test('has every route of every door, under the door’s tag, and no other but the operator’s', () => {
    const told = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort();
    const routes = DOORS.flatMap((door) =>
      door.routes.map((route) => `${route.method} ${braces(route.url)}`),
    );
    expect(told).toEqual([...routes, 'GET /health', 'GET /ready', 'GET /metrics'].sort());
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

describe('/asyncapi.json', () => {
  test('is a document of AsyncAPI 3 with the frames of the socket', async () => {
    const { status, body } = await api(server, 'GET', '/asyncapi.json');
    expect(status).toBe(200);
    expect(body.asyncapi).toMatch(/^3\./);
    const text = JSON.stringify(body);
    for (const type of [
      'call:offer',
      'call:answer',
      'call:ice_candidate',
      'call:hang_up',
      'call:reject',
      'call:busy',
      'call:not_available',
      'call:timeout',
      'call:sync',
    ]) {
      expect(text).toContain(type);
    }
  });
});

describe('/docs', () => {
  test('the pages and what they load come from this server, under a policy that lets nothing else in', async () => {
    for (const path of ['/docs', '/docs/sockets']) {
      const page = await api(server, 'GET', path);
      expect(page.status).toBe(200);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:|\*|script-src[^;]*unsafe-inline/);
      const html = String(page.body);
      expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|https?:\/\//);
      for (const [, asset] of html.matchAll(/(?:src|href|cssImportPath)="(\/docs\/assets\/[^"]+)"/g)) {
        const answer = await fetch(server.url + asset);
        expect([asset, answer.status]).toEqual([asset, 200]);
        expect(answer.headers.get('content-type')).toMatch(asset?.endsWith('.css') ? /css/ : /javascript/);
        await answer.body?.cancel();
      }
    }
  });

  test('nothing else of the packages is served', async () => {
    for (const path of [
      '/docs/assets/package.json',
      '/docs/assets/..%2f..%2fpackage.json',
      '/docs/api.html',
    ]) {
      expect((await fetch(server.url + path)).status).toBe(404);
    }
  });
});
