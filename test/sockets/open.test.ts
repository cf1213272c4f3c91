import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Person, TestServer } from '../support/server.ts';
import { api, sign, startTestServer } from '../support/server.ts';

let server: TestServer;
let alice: Person;
beforeAll(async () => {
  server = await startTestServer();
  alice = await server.person('alice');
});
afterAll(() => server.close());

interface Opened {
  status: number;
  body: unknown;
  protocol: string | undefined;
}

/** Tries to open a socket; 101 when it opened. */
function open(path: string, protocols: string[] = [], headers: Record<string, string> = {}): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(server.wsUrl + path, protocols, { headers });
    ws.once('open', () => {
      resolve({ status: 101, body: undefined, protocol: ws.protocol });
      ws.close();
    });
    ws.once('error', reject);
    ws.once('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text), protocol: undefined }),
      );
    });
  });
}

describe('a token opens the socket', () => {
  it('in the query', async () => {
    expect((await open(`/ws?token=${alice.token}`)).status).toBe(101);
  });

  it('in the Authorization header', async () => {
    expect((await open('/ws', [], { authorization: `Bearer ${alice.token}` })).status).toBe(101);
  });

  it('in the subprotocols, answered with bearer alone', async () => {
    expect(await open('/ws', ['bearer', alice.token])).toMatchObject({ status: 101, protocol: 'bearer' });
  });
});

describe('refused before it opens, in the envelope of its prefix', () => {
  const refused = (code: number, message: string) => ({
    status: code,
    body: { success: false, message, code },
    protocol: undefined,
  });

  it('without a token', async () => {
    expect(await open('/ws')).toEqual(refused(401, '需要登录'));
    expect(await open('/ws', [], { 'accept-language': 'en' })).toEqual(
      refused(401, 'Authentication required'),
    );
  });

  it('with a bad one, in each place', async () => {
    const bad = await sign({ sub: 'alice' }, 'some other secret of at least 32 characters');
    expect(await open('/ws?token=nonsense')).toEqual(refused(401, '令牌无效'));
    expect(await open(`/ws?token=${bad}`)).toEqual(refused(401, '令牌无效'));
    expect(await open('/ws', ['bearer', bad])).toEqual(refused(401, '令牌无效'));
    expect(await open(`/ws?token=${alice.token}`, [], { authorization: 'Basic YTpi' })).toEqual(
      refused(401, '令牌无效'),
    );
  });

  it('with one that has run out', async () => {
    const old = await server.tokenOf('alice', { exp: Math.floor(Date.now() / 1000) - 10 });
    expect(await open(`/ws?token=${old}`)).toEqual(refused(401, '令牌已过期'));
  });

  it('with one that is no person’s: a service’s, a media token', async () => {
    const media = await sign({ sub: 'alice', video: { roomJoin: true, room: 'r' } });
    expect(await open(`/ws?token=${server.service}`)).toEqual(refused(403, '无权限'));
    expect(await open(`/ws?token=${media}`)).toEqual(refused(403, '无权限'));
  });

  it('with a device id that is none', async () => {
    for (const id of ['', 'a b', 'x'.repeat(65), '../a']) {
      const query = new URLSearchParams({ token: alice.token, device_id: id });
      expect(await open(`/ws?${query}`)).toEqual(refused(400, '参数错误：device_id'));
    }
  });

  it.each([
    ['/api/rtc/ws', { success: false, message: '接口不存在', code: 404 }],
    ['/nothing', { error: { code: 'not_found', message: '接口不存在' } }],
    ['/api/v1/rtc/call/ws', { code: 404, message: '接口不存在', data: null }],
    ['/api/v1/rtc/ws', { success: false, error: { code: 'not_found', message: '接口不存在' } }],
  ])('on a path without a socket: %s', async (path, body) => {
    expect(await open(`${path}?token=${alice.token}`)).toEqual({ status: 404, body, protocol: undefined });
  });
});

describe('other requests', () => {
  it('/ws without an upgrade is an unknown route of C', async () => {
    expect(await api(server, 'GET', '/ws')).toMatchObject({
      status: 404,
      body: { success: false, code: 404 },
    });
  });

  it('an offer of HTTP/2 is a request like any other', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = {
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': 'AAMAAABkAAQAAP__',
      };
      const asked = request(`${server.url}/health`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject);
      asked.end();
    });
    expect(status).toBe(200);
  });
});
