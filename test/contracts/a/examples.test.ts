import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, startTestServer, type TestServer } from '../../support/server.ts';
import { signerAt, TestClock } from '../at-document-time.ts';
import { blocksOf, example } from '../documents.ts';

const DOCUMENT = 'a-call-service';
const base = '/api/v1/rtc';
const clock = new TestClock('2025-11-09T15:00:00Z');
const tokens = signerAt(clock);
let server: TestServer;
let service: string;

beforeAll(async () => {
  server = await startTestServer(
    {
      stunUrls: ['stun:stun.example.com:3478'],
      turnUrls: ['turn:turn.example.com:3478'],
      turnSecret: 'a-turn-secret-of-the-tests',
    },
    { clock },
  );
  service = await tokens.service();
  await server.person('10001', { displayName: '张三' });
  await server.person('10002', { displayName: '李四' });
});
afterAll(() => server.close());

const post = (path: string, body: unknown, token = service) =>
  api(server, 'POST', base + path, { token, body });
const get = (path: string, token?: string) =>
  api(server, 'GET', base + path, token === undefined ? {} : { token });

describe('the examples of document A, replayed as written', () => {
  test('获取通话记录: thirty calls, the last of them the document’s', async () => {
    let callId = '';
    for (let i = 0; i < 30; i++) {
      // The document's call is the newest of them.
      clock.set(i < 29 ? '2025-11-08T15:00:00Z' : '2025-11-09T15:00:00Z');
      callId = (await post('/call/initiate', example(DOCUMENT, '发起通话', 'Request'))).body.data.callId;
      await post('/call/answer', { callId, userId: 10002 });
      clock.advance(120_000);
      await post('/call/hangup', { callId, userId: 10001 });
    }
    const request = blocksOf(DOCUMENT).find((block) => block.text.startsWith('GET /api/v1/rtc/call/history'));
    const page = await api(server, 'GET', request?.text.trim().split(' ')[1] ?? '', { token: service });
    expect(page.status).toBe(200);
    const { records } = page.body.data;
    expect(records).toHaveLength(20);
    const expected = example(DOCUMENT, '获取通话记录', 'Response', { call_123456: callId });
    expect({ ...page.body, data: { ...page.body.data, records: [records[0]] } }).toEqual(expected);
  });

  test('发起通话, 接听通话, 挂断通话: with the times of the document, the answers are the document’s', async () => {
    clock.set('2025-11-09T15:00:00Z');
    const begun = await post('/call/initiate', example(DOCUMENT, '发起通话', 'Request'));
    expect(begun.status).toBe(200);
    const { callId } = begun.body.data;
    expect(callId).toMatch(/^call_[0-9a-z]+$/);
    const ids = { call_123456: callId };
    expect(begun.body).toEqual(example(DOCUMENT, '发起通话', 'Response', ids));

    clock.set('2025-11-09T15:00:30Z');
    const answered = await post('/call/answer', example(DOCUMENT, '接听通话', 'Request', ids));
    expect(answered.status).toBe(200);
    expect(answered.body).toEqual(example(DOCUMENT, '接听通话', 'Response', ids));

    clock.set('2025-11-09T15:02:30Z');
    const over = await post('/call/hangup', example(DOCUMENT, '挂断通话', 'Request', ids));
    expect(over.status).toBe(200);
    expect(over.body).toEqual(example(DOCUMENT, '挂断通话', 'Response', ids));
  });

  test('拒绝通话', async () => {
    const begun = await post('/call/initiate', example(DOCUMENT, '发起通话', 'Request'));
    const ids = { call_123456: begun.body.data.callId };
    const rejected = await post('/call/reject', example(DOCUMENT, '拒绝通话', 'Request', ids));
    expect(rejected.status).toBe(200);
    expect(rejected.body).toEqual(example(DOCUMENT, '拒绝通话', 'Response', ids));
  });

  test('获取WebRTC配置: servers of the configuration, the credential one’s own', async () => {
    const mine = await get('/config/webrtc', await tokens.user('10001'));
    const expected = example(DOCUMENT, '获取WebRTC配置', 'Response');
    const turn = {
      ...expected.data.iceServers[1],
      username: expect.any(String),
      credential: expect.any(String),
    };
    const iceServers = [expected.data.iceServers[0], turn];
    expect(mine.body).toEqual({ ...expected, data: { ...expected.data, iceServers } });
    expect(mine.body.data.iceServers[1].username).toMatch(/^\d+:10001$/);
  });

  test('the words of the tables are those of the answers’ schema', async () => {
    const { body } = await api(server, 'GET', '/openapi.json');
    const text = JSON.stringify(body.paths[`${base}/call/history`]);
    for (const word of ['CALLING', 'RINGING', 'CONNECTED', 'COMPLETED', 'REJECTED', 'MISSED', 'CANCELLED']) {
      expect(text).toContain(word);
    }
  });
});
