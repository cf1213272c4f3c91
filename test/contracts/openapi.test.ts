import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ publicUrl: 'https://calls.example.com' });
});
afterAll(() => server.close());

describe('/openapi.json', () => {
  test('is served to everybody, with every door’s tag and the address clients use', async () => {
    const { status, body } = await api(server, 'GET', '/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'https://calls.example.com' }] });
    const tags = body.tags.map((tag: { name: string }) => tag.name);
    expect(tags).toEqual(['call-service', 'group-calls', 'call-socket', 'rooms', 'meetings', 'host', 'ops']);
    const used = Object.values(body.paths as Record<string, Record<string, { tags: string[] }>>).flatMap(
      (item) => Object.values(item).flatMap((operation) => operation.tags),
    );
    expect(new Set(used)).toEqual(new Set(tags));
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
