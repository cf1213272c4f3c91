import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, startTestServer, type TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';
import { signerAt, TestClock } from '../at-document-time.ts';
import { blocksOf, example } from '../documents.ts';

const DOCUMENT = 'b-group-calls';
const base = '/api/v1/rtc';
const clock = new TestClock('2024-01-15T10:30:00Z');
const tokens = signerAt(clock);
let server: TestServer;
let service: string;

// The document's people, and the time its missed call rang.
beforeAll(async () => {
  server = await startTestServer({ ringMs: 30_000 }, { clock });
  service = await tokens.service();
  const names = {
    'user-001': '张三',
    'user-002': '李四',
    'user-003': '王五',
    'user-004': '赵六',
    'user-005': '钱七',
  };
  for (const [i, [uid, displayName]] of Object.entries(names).entries()) {
    await server.person(uid, { displayName, avatarUrl: `https://example.com/avatar${i + 1}.jpg` });
  }
});
afterAll(() => server.close());

const as = (token?: string) => ({
  post: (path: string, body: unknown) => api(server, 'POST', base + path, { token: token ?? service, body }),
  put: (path: string, body: unknown) => api(server, 'PUT', base + path, { token: token ?? service, body }),
  get: (path: string) => api(server, 'GET', base + path, { token: token ?? service }),
});
const { post, put, get } = as();
const request = (section: string, ids = {}) => example(DOCUMENT, section, '请求体', ids);
const answerOf = (section: string, ids = {}) => example(DOCUMENT, section, '响应示例', ids);

let ids: { 'call-uuid': string };
/** The document's group call, begun at its time. */
async function begin(): Promise<void> {
  clock.set('2024-01-15T10:30:00Z');
  const begun = await post('/call', request('发起通话'));
  expect(begun.status).toBe(200);
  ids = { 'call-uuid': begun.body.call.id };
  expect(begun.body).toEqual(answerOf('发起通话', ids));
}

beforeEach(async () => {
  // Nobody is still in the call of the test before.
  for (const uid of ['user-001', 'user-002', 'user-003', 'user-004', 'user-005']) {
    const { body } = await get(`/active/${uid}`);
    if (body.hasActiveCall) await post('/hangup', { callId: body.call.id, userId: uid });
  }
  clock.set('2024-01-15T10:30:00Z');
});

describe('the examples of document B, replayed as written', () => {
  test('获取通话记录: a call of the day before that was missed, and one of today', async () => {
    await server.person('user-003', { displayName: '李四', avatarUrl: 'https://example.com/avatar2.jpg' });
    clock.set('2024-01-14T15:00:00Z');
    const missed = await post('/call', { callerId: 'user-003', calleeIds: ['user-001'], type: 'audio' });
    clock.set('2024-01-14T15:00:30Z');
    const missedId = missed.body.call.id;
    await waitFor(async () => (await get(`/call/${missedId}`)).body.status === 'missed', {
      reason: 'the ringing to end',
    });
    clock.set('2024-01-15T10:30:00Z');
    const call = await post('/call', { callerId: 'user-001', calleeIds: ['user-002'], type: 'video' });
    const endedId = call.body.call.id;
    await post('/answer', { callId: endedId, userId: 'user-002' });
    clock.set('2024-01-15T10:45:00Z');
    await post('/hangup', { callId: endedId, userId: 'user-001' });

    const [ended, other] = answerOf('获取通话记录', { 'call-001': endedId, 'call-002': missedId });
    const line = blocksOf(DOCUMENT).find((block) => block.text.startsWith('GET /api/v1/rtc/calls/:userId'));
    const path = line?.text.split(/\s/)[1]?.replace(':userId', 'user-001') ?? '';
    const page = await api(server, 'GET', path, { token: service });
    expect(page.status).toBe(200);
    expect(page.body[0]).toEqual(ended);
    expect(
      page.body.every(
        (one: { status: string; type: string }) => one.status === 'ended' && one.type === 'video',
      ),
    ).toBe(true);
    const audio = await get('/calls/user-001?type=audio&status=missed');
    expect(audio.body).toEqual([other]);
    await server.person('user-003', { displayName: '王五', avatarUrl: 'https://example.com/avatar3.jpg' });
  });

  test('发起通话 and 接听通话', async () => {
    await begin();
    clock.set('2024-01-15T10:30:05Z');
    const answered = await post('/answer', request('接听通话', ids));
    expect(answered.status).toBe(200);
    expect(answered.body).toEqual(answerOf('接听通话', ids));
  });

  test('拒绝通话', async () => {
    await begin();
    const rejected = await post('/reject', request('拒绝通话', ids));
    expect([rejected.status, rejected.body]).toEqual([200, answerOf('拒绝通话')]);
  });

  test('挂断通话: fifteen minutes after it was answered', async () => {
    await begin();
    await post('/answer', request('接听通话', ids));
    clock.set('2024-01-15T10:45:00Z');
    const over = await post('/hangup', request('挂断通话', ids));
    expect([over.status, over.body]).toEqual([200, answerOf('挂断通话', ids)]);
  });

  test('取消通话', async () => {
    await begin();
    const cancelled = await post('/cancel', request('取消通话', ids));
    expect([cancelled.status, cancelled.body]).toEqual([200, answerOf('取消通话')]);
  });

  test('发送信令', async () => {
    await begin();
    const sent = await post('/signal', request('发送信令', ids));
    expect([sent.status, sent.body]).toEqual([200, answerOf('发送信令')]);
  });

  test('获取通话详情: one answered, one was busy, five minutes in', async () => {
    await begin();
    clock.set('2024-01-15T10:30:05Z');
    await post('/answer', request('接听通话', ids));
    await post('/reject', { ...request('拒绝通话', ids), userId: 'user-003' });
    clock.set('2024-01-15T10:35:05Z');
    const { status, body } = await get(`/call/${ids['call-uuid']}`);
    expect([status, body]).toEqual([200, answerOf('获取通话详情', ids)]);
  });

  test('获取正在进行通话', async () => {
    const begun = await post('/call', { callerId: 'user-001', calleeIds: ['user-002'], type: 'video' });
    ids = { 'call-uuid': begun.body.call.id };
    await post('/answer', { callId: begun.body.call.id, userId: 'user-002' });
    clock.set('2024-01-15T10:35:00Z');
    const { status, body } = await get('/active/user-001');
    expect([status, body]).toEqual([200, answerOf('获取正在进行通话', ids)]);
    expect((await get('/active/user-004')).body).toEqual({ hasActiveCall: false });
  });

  test('邀请加入通话, 加入通话, 离开通话', async () => {
    await begin();
    await post('/answer', request('接听通话', ids));
    await post('/reject', { ...request('拒绝通话', ids), userId: 'user-003' });
    const invited = await post('/invite', request('邀请加入通话', ids));
    expect([invited.status, invited.body]).toEqual([200, answerOf('邀请加入通话')]);
    const joined = await post('/join', request('加入通话', ids));
    expect([joined.status, joined.body]).toEqual([
      200,
      { ...answerOf('加入通话', ids), media: { mode: 'p2p' } },
    ]);
    const left = await post('/leave', request('离开通话', ids));
    expect([left.status, left.body]).toEqual([200, answerOf('离开通话')]);
  });

  test('切换媒体设备, 切换静音状态, 切换视频状态', async () => {
    await begin();
    for (const [section, path] of [
      ['切换媒体设备', '/device'],
      ['切换静音状态', '/mute'],
      ['切换视频状态', '/video'],
    ] as const) {
      const { status, body } = await put(path, request(section, ids));
      expect([section, status, body]).toEqual([section, 200, answerOf(section)]);
    }
  });

  test('获取通话统计: what was reported, when it was', async () => {
    await begin();
    await post('/answer', request('接听通话', ids));
    const expected = answerOf('获取通话统计', ids);
    const mine = as(await tokens.user('user-001'));
    clock.set(expected.timestamp);
    const reported = await mine.post(`/stats/${ids['call-uuid']}`, { stats: expected.stats });
    expect([reported.status, reported.body]).toEqual([200, { success: true, ...expected }]);
    clock.advance(60_000);
    const { status, body } = await mine.get(`/stats/${ids['call-uuid']}`);
    expect([status, body]).toEqual([200, expected]);
  });

  test('every JSON example of the document has been replayed', () => {
    const replayed = [
      '发起通话',
      '接听通话',
      '拒绝通话',
      '挂断通话',
      '取消通话',
      '发送信令',
      '获取通话记录',
      '获取通话详情',
      '获取正在进行通话',
      '邀请加入通话',
      '加入通话',
      '离开通话',
      '切换媒体设备',
      '切换静音状态',
      '切换视频状态',
      '获取通话统计',
    ];
    const sections = blocksOf(DOCUMENT).filter((block) => block.language === 'json');
    expect([...new Set(sections.map((block) => block.section))].sort()).toEqual(replayed.sort());
  });
});
