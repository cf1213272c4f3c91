import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let ann: Person;
let ben: Person;

beforeAll(async () => {
  server = await startTestServer();
  ann = await server.person('ann');
  ben = await server.person('ben');
  await server.befriend(ann, ben);
});
afterAll(() => server.close());

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** A body as it is written, deeper than anything that can be serialized again. */
async function post(path: string, text: string) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${ann.token}`, 'content-type': 'application/json' },
    body: text,
  });
  return { status: response.status, body: (await response.json()) as { error: { details?: unknown } } };
}

describe('bodies that nest without end are bad input, not a fault of the server', () => {
  test.each([17, 200_000])('an offer %i levels deep', async (levels) => {
    const { status, body } = await post(
      '/api/v1/rtc/call',
      `{"callerId":"ann","calleeIds":["ben"],"type":"audio","offer":{"type":"offer","sdp":"v=0","more":${deep(levels)}}}`,
    );
    expect([status, body.error.details]).toEqual([400, { field: 'offer' }]);
    const { body: active } = await api(server, 'GET', '/api/v1/rtc/active/ann', { token: ann.token });
    expect(active).toEqual({ hasActiveCall: false });
  });

  test('a candidate', async () => {
    const { status, body } = await post(
      '/api/v1/rtc/signal',
      `{"callId":"c","fromUserId":"ann","toUserId":"ben","signal":{"type":"candidate","candidate":{"candidate":"","more":${deep(100_000)}}}}`,
    );
    expect([status, body.error.details]).toEqual([400, { field: 'signal' }]);
  });
});

describe('an address that is none is refused in the envelope of its prefix', () => {
  const invalid = { code: 'invalid', message: '请求无效' };
  test.each([
    ['/api/v1/rtc/call/initiate/%zz', { code: 400, message: '请求无效', data: null }],
    ['/api/v1/rtc/calls/%E0%A4%A', { success: false, error: invalid }],
    [`/api/v1/rtc/calls/${'x'.repeat(300)}`, { success: false, error: invalid }],
    ['/api/rtc/%', { success: false, message: '请求无效', code: 400 }],
    ['/api/v1/contacts/%zz', { error: invalid }],
    ['/%zz', { error: invalid }],
  ])('%s', async (path, expected) => {
    const { status, body } = await api(server, 'GET', path, { token: ann.token });
    expect([status, body]).toEqual([400, expected]);
  });

  test('E’s has its time and its request', async () => {
    const headers = { 'x-request-id': 'a-request-of-mine', 'accept-language': 'en' };
    const { status, body } = await api(server, 'GET', '/api/v1/meetings/%zz', { headers });
    expect([status, body]).toEqual([
      400,
      {
        code: 400,
        message: 'Invalid request',
        data: null,
        timestamp: expect.stringMatching(/^[\d-]+T[\d:]+Z$/),
        request_id: 'a-request-of-mine',
      },
    ]);
  });
});

describe('connections', () => {
  /** A client that never closes its side. */
  const visit = (lines: string[]) => {
    const wire = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
    wire.write(`${lines.join('\r\n')}\r\n\r\n`);
    return wire;
  };
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.http.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );

  test.each(['/ws', '/api/v1/nothing'])('a refused upgrade of %s leaves none behind', async (path) => {
    const before = await connections();
    const wire = visit([
      `GET ${path} HTTP/1.1`,
      'Host: parley',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ]);
    let text = '';
    wire.on('data', (chunk) => {
      text += chunk;
    });
    await once(wire, 'end');
    expect(text).toMatch(/^HTTP\/1\.1 40[14] (.|\s)*\}$/);
    await expect.poll(connections).toBeLessThanOrEqual(before);
    wire.destroy();
  });

  test('a request must come whole within a minute', () => {
    expect(server.http.server.requestTimeout).toBe(60_000);
  });
});
