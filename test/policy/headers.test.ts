import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, api, startTestServer, type TestServer } from '../support/server.ts';

const ALLOWED = 'https://app.example.com';
const OTHER = 'https://elsewhere.example.com';

let closed: TestServer;
let opened: TestServer;
let toAll: TestServer;
beforeAll(async () => {
  [closed, opened, toAll] = await Promise.all([
    startTestServer(),
    startTestServer({ corsOrigins: [ALLOWED, 'http://localhost:3000'] }),
    startTestServer({ corsOrigins: ['*'] }),
  ]);
});
afterAll(() => Promise.all([closed, opened, toAll].map((server) => server.close())));

const preflight = (server: TestServer, origin: string, method = 'PUT', path = '/api/v1/users/profile') =>
  api(server, 'OPTIONS', path, {
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,x-device-id',
    },
  });
const login = (server: TestServer, origin: string) =>
  api(server, 'POST', '/api/v1/auth/login', { body: {}, headers: { origin } });
const allowed = ({ headers }: Answer) => headers.get('access-control-allow-origin');

describe('pages of other origins', () => {
  it('may call nothing, unless it is configured', async () => {
    expect((await preflight(closed, ALLOWED)).status).toBe(404);
    for (const answer of [await preflight(closed, ALLOWED), await login(closed, ALLOWED)]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it.each(['GET', 'POST', 'PUT', 'DELETE'])(
    'that are named may %s, with the headers clients send',
    async (method) => {
      const { status, headers } = await preflight(opened, ALLOWED, method);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(ALLOWED);
      expect(headers.get('access-control-allow-methods')?.split(', ')).toContain(method);
      expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type,x-device-id');
      expect(headers.get('vary')).toContain('Origin');
    },
  );

  it('see refusals and what they say of waiting', async () => {
    const answer = await login(opened, ALLOWED);
    expect(answer.status).toBe(400);
    expect(allowed(answer)).toBe(ALLOWED);
    const exposed = answer.headers.get('access-control-expose-headers') ?? '';
    for (const name of ['Retry-After', 'RateLimit-Remaining']) expect(exposed).toContain(name);
  });

  it('that are not named stay outside, and so does an origin that only looks like one', async () => {
    for (const origin of [
      OTHER,
      'null',
      `${ALLOWED}.evil.example`,
      'http://app.example.com',
      `${ALLOWED}:444`,
    ]) {
      expect(allowed(await preflight(opened, origin)), origin).toBeNull();
      expect(allowed(await login(opened, origin)), origin).toBeNull();
    }
  });

  it('may all come where it is said so; nobody’s cookies with them', async () => {
    for (const answer of [await preflight(toAll, OTHER), await login(toAll, OTHER)]) {
      expect(allowed(answer)).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
    expect((await preflight(opened, ALLOWED)).headers.get('access-control-allow-credentials')).toBeNull();
  });
});

/** What helmet 8 sends by default (there frames of the same origin may show a page). */
const EVERYWHERE = {
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

describe('security headers', () => {
  it('of the API let a browser do nothing with an answer but hand it to who asked', async () => {
    const ann = await closed.person('ann');
    const answers = [
      await login(closed, ALLOWED),
      await api(closed, 'GET', '/api/v1/users/profile', { token: ann.token }),
      await api(closed, 'GET', '/api/v1/nowhere'),
    ];
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        ...EVERYWHERE,
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });

  it('of pages allow nothing inline, nothing evaluated, and nobody to frame them', async () => {
    const { headers } = await api(closed, 'GET', '/some/page', { headers: { accept: 'text/html' } });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(Object.fromEntries(headers)).toMatchObject({
      ...EVERYWHERE,
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it('set no cookie, and do not say what serves', async () => {
    for (const path of ['/', '/docs', '/health', '/api/v1/users/profile']) {
      const { headers } = await api(closed, 'GET', path);
      expect(headers.get('set-cookie'), path).toBeNull();
      expect(headers.get('server') ?? headers.get('x-powered-by'), path).toBeNull();
    }
  });
});
